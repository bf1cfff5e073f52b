#!/bin/sh
# SPDX-License-Identifier: MIT
# The head of the leaderboard in the terminal, and models chosen out of it.
. "$(dirname "$0")/lib.sh"
data=$(cd "$(dirname "$0")/../../data" && pwd)
cd "$tmp" || exit 1

"$ECOVIZ" --data d import --data-kind sample "$data/sample.jsonl" >/dev/null 2>&1
"$ECOVIZ" --data d import --as-of 2026-01-15 --data-kind sample \
    "$data/sample-organizations.json" >/dev/null 2>&1
check "a snapshot" "$ECOVIZ" --data d build
top() {
    run "$ECOVIZ" --data d top "$@"
}
rows() { # of the last run
    grep -Ec '^ +[0-9]+  ' out
}

top
exits "the head" 0
like "of which data" out "^As of 2026-01-15, of 59 models \(sample data\)"
is "20 models" "$(rows)" 20
like "most influential first" out '^ +1  .*  example-lab/aspen-8b$'
top -n 1000
is "not more than there are" "$(rows)" 59
like "removed ones are marked" out '  withdrawn-example/[^ ]*  \(removed\)$'

top -n 1000 --language de
is "in one language" "$(rows)" 4
top -n 1000 --language DE
is "blind to case" "$(rows)" 4
top -n 1000 --language de --language=none
is "any of two" "$(rows)" 35
top -n 1000 --author EXAMPLE-LAB
is "of one author, blind to case" "$(rows)" 6
top -n 1000 --kind company --kind university
is "of two kinds of authors" "$(rows)" 16
top -n 1000 --licence apache-2.0
is "under a licence" "$(rows)" 25
top -n 1000 --library gguf --json
is "of a library, as JSON" "$(grep -c '"rank":' out)" 6
like "which is one array" out '^\]$'
is "with commas between" "$(grep -c '},$' out)" 5
top -n 1000 --task image-text-to-text --licence apache-2.0
is "all options have to hold" "$(rows)" 2
top -n 1 --library gguf
is "as many as asked for" "$(rows)" 1
unlike "with the rank among all" out '^ +1  '
top -n 9 --library gguf --kind company
exits "none that match" 0
is "are no rows" "$(rows)" 0
top --json --library gguf --kind company
is "and an empty array" "$(tr -d '\n' <out)" "[]"

cat >words.jsonl <<'EOF'
{"id":"none/a","pipeline_tag":"none","library_name":"others","tags":["license:none"]}
{"id":"Others/b","pipeline_tag":"others"}
{"id":"c","cardData":{"license":"none"}}
EOF
"$ECOVIZ" --data words import --as-of 2026-01-01 words.jsonl >/dev/null 2>&1
check "values called none and others" "$ECOVIZ" --data words build
check "are none, says verify" "$ECOVIZ" --data words verify
run "$ECOVIZ" --data words top --task none --licence none --library none
is "and none of the models tells one" "$(rows)" 3
run "$ECOVIZ" --data words top --author none
is "an id without an owner" "$(rows)" 1
run "$ECOVIZ" --data words top --author NONE --author others
is "authors of these names are found" "$(rows)" 2

top --licence nonsense
exits "a licence that no model has" 1
like "is named" err 'no model has the licence nonsense$'
top --author nobody
exits "so is an author" 1
top --kind Company
exits "a kind that is none is a mistake" 2
like "which names the kinds" err 'not one of unknown, individual, .*: Company$'
set --
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
    set -- "$@" --licence "mit$i"
done
top "$@"
exits "17 values are too many" 2
like "which names the maximum" err 'more than 16 values: mit17$'
done_testing
