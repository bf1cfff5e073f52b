#!/bin/sh
# SPDX-License-Identifier: MIT
# A damaged, truncated or foreign snapshot is refused by every command with a
# message, and crashes none.
. "$(dirname "$0")/lib.sh"
sample=$(cd "$(dirname "$0")/../../data" && pwd)/sample.jsonl
cd "$tmp" || exit 1

"$ECOVIZ" --data good import --data-kind sample "$sample" >/dev/null 2>&1
check "a good snapshot" "$ECOVIZ" --data good build
check "verifies" "$ECOVIZ" --data good verify
size=$(wc -c <good/snapshot.eco)

flip() { # AT: the good file with one byte changed, as bad/snapshot.eco
    mkdir -p bad
    cp good/snapshot.eco bad/snapshot.eco
    old=$(od -An -tu1 -j "$1" -N 1 good/snapshot.eco | tr -d ' ')
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' $((255 - old)))" |
        dd of=bad/snapshot.eco bs=1 seek="$1" conv=notrunc 2>/dev/null
}

# Every command that opens one.
refused() { # WHAT PATTERN
    for command in verify top "show example-lab/aspen-8b" \
        "serve --listen 127.0.0.1:0"; do
        # shellcheck disable=SC2086 # words are arguments
        run timeout 20 "$ECOVIZ" --data bad $command
        exits "$1: ${command%% *} refuses it" 1
        like "$1: ${command%% *} says so" err "$2"
    done
}

for at in 0 8 12 16 24 32 40 56 64 80 100; do
    flip $at
    run "$ECOVIZ" --data bad verify
    exits "byte $at changed: refused" 1
    like "byte $at changed: the file is named" err "bad/snapshot.eco"
done
# Gaps between sections are zero and belong to none; a byte of content does.
step=$((size / 40))
at=4096
while [ $at -lt "$size" ]; do
    flip $at
    if ! cmp -s good/snapshot.eco bad/snapshot.eco; then
        run "$ECOVIZ" --data bad verify
        [ "$status" -le 1 ] && ok "byte $at changed: no crash" ||
            not_ok "byte $at changed: no crash" "status $status"
    fi
    at=$((at + step))
done

flip 8
refused "another version" "run ecoviz build"
head -c $((size / 2)) good/snapshot.eco >bad/snapshot.eco
refused "half a file" "snapshot"
: >bad/snapshot.eco
refused "an empty file" "snapshot"
echo "{}" >bad/snapshot.eco
refused "a foreign file" "snapshot"
head -c "$size" /dev/zero >bad/snapshot.eco
refused "zeros" "snapshot"
rm bad/snapshot.eco
mkdir bad/snapshot.eco
refused "a directory" "snapshot"
done_testing
