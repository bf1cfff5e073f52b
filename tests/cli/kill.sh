#!/bin/sh
# SPDX-License-Identifier: MIT
# kill -9 in the middle of an import loses nothing: the same import again gives
# the same snapshot as one that nobody disturbed.
. "$(dirname "$0")/lib.sh"
rows=40000
kills=20
between=15 # of them between the first and the last committed batch
most=60    # tries

# Families of ten, told on two days, with numbers that change.
make_rows() { # DAY
    awk -v n=$rows -v day="$1" 'BEGIN {
        for (i = 0; i < n; i++) {
            printf "{\"id\":\"owner-%d/model-%d\",\"likes\":%d,", i % 97, i,
                (i * 7919 + day) % 5000
            printf "\"downloads\":%d,\"pipeline_tag\":\"task-%d\",", i * day,
                i % 11
            printf "\"tags\":[\"license:mit\""
            if (i % 10)
                printf ",\"base_model:finetune:owner-%d/model-%d\"",
                    (i - i % 10) % 97, i - i % 10
            printf "]}\n"
        }
    }'
}
make_rows 1 >"$tmp/a-2026-01-01.jsonl"
make_rows 2 >"$tmp/b-2026-01-02.jsonl"

import() { # DATA
    "$ECOVIZ" --data "$1" import "$tmp/a-2026-01-01.jsonl" \
        "$tmp/b-2026-01-02.jsonl"
}

# Models that the committed batches told: an import of nothing reports them.
committed() { # DATA
    "$ECOVIZ" --data "$1" import --json --as-of 2026-01-01 /dev/null \
        2>/dev/null | tr ',{' '\n\n' | sed -n 's/^"models":\([0-9]*\).*/\1/p'
}

start=$(date +%s%N)
check "undisturbed import" import "$tmp/whole"
spent=$((($(date +%s%N) - start) / 1000000))
check "undisturbed build" "$ECOVIZ" --data "$tmp/whole" build

mid=0
built=0
same=0
try=0
while [ $try -lt $most ] && { [ $try -lt $kills ] || [ $mid -lt $between ]; }; do
    try=$((try + 1))
    # Points spread over the whole run, in steps that never repeat.
    at=$((spent * (try * 13 % 23 + 1) / 24))
    rm -rf "$tmp/cut"
    # Not the function: the kill would hit its shell and spare the program.
    "$ECOVIZ" --data "$tmp/cut" import "$tmp/a-2026-01-01.jsonl" \
        "$tmp/b-2026-01-02.jsonl" >"$tmp/cut.out" 2>&1 &
    pid=$!
    sleep "$(printf '%d.%03d' $((at / 1000)) $((at % 1000)))"
    kill -9 $pid 2>/dev/null && killed=1 || killed=0
    wait $pid 2>/dev/null
    n=$(committed "$tmp/cut")
    # After the first batch, and before all of the second day was told.
    if [ $killed -eq 1 ] && [ "${n:-0}" -gt 0 ] &&
        ! grep -q '^In the store' "$tmp/cut.out"; then
        mid=$((mid + 1))
        "$ECOVIZ" --data "$tmp/cut" build >/dev/null 2>&1 &&
            "$ECOVIZ" --data "$tmp/cut" verify >/dev/null 2>&1 &&
            built=$((built + 1))
    fi
    import "$tmp/cut" >/dev/null 2>&1 &&
        "$ECOVIZ" --data "$tmp/cut" build >/dev/null 2>&1 &&
        cmp "$tmp/whole/snapshot.eco" "$tmp/cut/snapshot.eco" &&
        same=$((same + 1))
done
is "what each of these kills left can be built and verified as it is" \
    "$built" "$mid"
is "the same snapshot after each of $try kills" "$same" "$try"
if [ $mid -ge $between ]; then
    ok "$mid kills hit between the first and the last batch"
else
    not_ok "only $mid of $try kills hit between the first and the last batch"
fi
done_testing
