#!/bin/sh
# SPDX-License-Identifier: MIT
# The family of a model as a tree in the terminal.
. "$(dirname "$0")/lib.sh"
sample=$(cd "$(dirname "$0")/../../data" && pwd)/sample.jsonl
cd "$tmp" || exit 1

"$ECOVIZ" --data d import --data-kind sample "$sample" >/dev/null 2>&1
check "a snapshot" "$ECOVIZ" --data d build
tree() {
    run "$ECOVIZ" --data d tree "$@"
}
lines() { # how many lines of the last run match
    grep -Ec -e "$1" out
}

tree example-lab/aspen-8b
exits "the family of a model" 0
like "of which data" out "^As of 2026-01-15, of 59 models \(sample data\)"
is "the model stands on top" "$(sed -n 3p out | cut -d ' ' -f 1)" \
    example-lab/aspen-8b
like "with its influence, likes and day" out \
    "^example-lab/aspen-8b  influence [0-9.]+  4,200 likes  2025-02-10$"
like "a derived model has its relation" out \
    '^\|-- example-lab/aspen-8b-instruct  finetune  influence '
like "a model below that" out \
    '^\|   \|-- acme-quants/aspen-8b-instruct-GGUF  quantized  influence '
like "the last one" out '^`-- acme-quants/aspen-8b-GGUF  quantized '
like "a merge names its other bases" out \
    'aspen-trio-8b  merge .*  also from nordlicht-test/aspen-8b-deutsch, dora-demo/'
like "the number of models" out "^20 models$"
is "as many lines" "$(lines ' influence ')" 20
unlike "nothing but ASCII" out "$(printf '[\200-\377]')"
unlike "no colours in a file" out "$(printf '\033')"
cp out full

tree EXAMPLE-LAB/aspen-8b example-lab/aspen-8b
is "an id is blind to case, and once is enough" "$(cat out)" "$(cat full)"
tree --limit 2 example-lab/aspen-8b
like "the limit tells what is missing" out '^`-- \.\.\. and 1 more$'
like "on every level" out '^\|   `-- \.\.\. and 7 more$'
tree --depth=1 example-lab/aspen-8b
is "one step down" "$(lines ' influence ')" 4
tree --view quantized example-lab/aspen-8b
like "over hidden models" out 'quantized \(over 1 hidden\) '
tree --view author example-lab/aspen-8b
like "authors with their models" out 'acme-quants  5 models  quantized  '
tree cedar-studio/cedar-xl example-lab/aspen-8b
is "two families" "$(lines '^[a-z]')" 2

env LC_ALL=C.UTF-8 "$ECOVIZ" --data d tree example-lab/aspen-8b >out
like "lines of Unicode where the locale has them" out \
    "^$(printf '\342\224\234\342\224\200\342\224\200') example-lab/"
is "the same tree" "$(sed 's/│/|/g; s/├──/|--/g; s/└──/`--/g' out)" "$(cat full)"

tree --json example-lab/aspen-8b
exits "as JSON" 0
like "which is the network's" out '^\{"as_of":"2026-01-15","data":"sample",'
like "with the limit of the tree" out '"limit":10,'
check "on one line" test "$(wc -l <out)" -eq 1

tree
exits "no model" 2
tree example-lab/aspen-8b no-such/model
exits "an unknown model" 1
like "is named" err "^ecoviz tree: there is no model no-such/model$"
is "and nothing is printed" "$(cat out)" ""
tree --view all example-lab/aspen-8b
exits "an unknown view" 2
like "the views are listed" err "not one of top, full, author, .*: all$"
tree --limit 100001 example-lab/aspen-8b
exits "too large a limit" 2
like "the maximum is named" err "at most 100000"
tree --depth 1001 example-lab/aspen-8b
exits "too large a depth" 2
"$ECOVIZ" --data d tree example-lab/aspen-8b >/dev/full 2>err
is "a full disk is seen" "$?" 1
done_testing
