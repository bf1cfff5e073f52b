#!/bin/sh
# SPDX-License-Identifier: MIT
# The synthetic Hub as a person meets it: the same bytes always, the published
# facts, no real name, and what a file or a store comes to.
. "$(dirname "$0")/lib.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${ECOVIZ_SHARED_DATA:-$root/../shared/data}
stats=${ECOVIZ_SYNTH_STATS:-$(dirname "$ECOVIZ")/tests/synth_stats}

# --- the same bytes --------------------------------------------------------

synth() { # FILE OPTION...
    synth_file=$1
    shift
    "$ECOVIZ" synth -o "$synth_file" "$@"
}
check "20,000 models" synth "$tmp/hub" --models 20000 --threads 1
for threads in 1 2 5; do
    check "again with --threads $threads" \
        synth "$tmp/again" --models 20000 --threads $threads
    check "the same bytes with --threads $threads" cmp "$tmp/hub" "$tmp/again"
done
"$ECOVIZ" synth -o - --models 20000 --seed 1 >"$tmp/again" 2>/dev/null
check "standard output gets the same" cmp "$tmp/hub" "$tmp/again"
synth "$tmp/other" --models 20000 --seed 2 2>/dev/null
if cmp -s "$tmp/hub" "$tmp/other"; then
    not_ok "another seed is another Hub"
else
    ok "another seed is another Hub"
fi
is "rows of models" "$(grep -c '^{"_id"' "$tmp/hub")" 20000
is "rows of Spaces" "$(grep -c '"sdk"' "$tmp/hub")" 10000
is "no other row than models, authors and Spaces" \
    "$(grep -cv -e '^{"_id"' -e '"sdk"' -e '^{"name"' "$tmp/hub")" 0

# --- the facts -------------------------------------------------------------

for seed in 1 7; do
    run "$ECOVIZ" synth --models 200000 --check --seed $seed
    exits "200,000 models of seed $seed have the published facts" 0
done
like "a fact with target, tolerance and result" "$tmp/out" \
    '^base\.declared  *0\.3  *0\.2[0-9]*  *0\.3[0-9]*  *0\.[0-9]*  ok$'
unlike "none is outside" "$tmp/out" 'OUTSIDE$'

# A separate program counts the same file.
if [ -x "$stats" ]; then
    run "$ECOVIZ" synth --models 20000 --check -o "$tmp/checked"
    exits "20,000 models have them, too" 0
    check "--check changes no byte" cmp "$tmp/hub" "$tmp/checked"
    cp "$tmp/out" "$tmp/facts"
    check "the reference counts" sh -c "'$stats' '$tmp/hub' >'$tmp/stats'"
    awk 'NR == FNR { from[$1] = $3; to[$1] = $4; value[$1] = $5; next }
        !($1 in value) { print $1 ": --check does not tell it"; next }
        { compared++ }
        $2 < from[$1] || $2 > to[$1] { print $1 ": " $2 " is outside of " \
            from[$1] " to " to[$1] }
        { d = $2 - value[$1]; if (d < 0) d = -d
          if (d > 1e-5 * $2 + 1e-9)
            print $1 ": counted " $2 ", --check says " value[$1] }
        END { print compared " compared" }' \
        "$tmp/facts" "$tmp/stats" >"$tmp/differences"
    is "the reference agrees with --check" "$(cat "$tmp/differences")" \
        "30 compared"
else
    skip "the reference agrees with --check" "no $stats"
fi

# A Hub that lacks the facts fails.
run "$ECOVIZ" synth --models 5 --check
exits "five models cannot have them" 1
like "and are said not to" "$tmp/err" 'outside of their tolerance'

# --- names -----------------------------------------------------------------

if [ -d "$shared/hub" ]; then
    "$ECOVIZ" synth --models 200000 -o "$tmp/large" 2>/dev/null
    {
        grep '^{"_id"' "$tmp/large" | sed 's/^[^,]*,"id":"\([^"]*\)".*/\1/'
        grep '"sdk"' "$tmp/large" | sed 's/^{"id":"\([^"]*\)".*/\1/'
    } | tr A-Z a-z | sort -u >"$tmp/ids"
    {
        sed 's|/.*||' "$tmp/ids"
        sed -n 's/^{"name":"\([^"]*\)".*/\1/p' "$tmp/large" | tr A-Z a-z
    } | sort -u >"$tmp/owners"
    {
        gzip -dc "$shared"/hub/*.gz
        cat "$shared"/hub/*.json
    } | grep -Eo '"(id|modelId)": *"[^"]*"' |
        sed 's/.*: *"\([^"]*\)"/\1/' | tr A-Z a-z | sort -u >"$tmp/real-ids"
    {
        sed -n 's|/.*||p' "$tmp/real-ids"
        grep -Eo '^ *"[A-Za-z0-9._-]+": *\{' "$shared/hub/organizations.json" |
            sed 's/^ *"\([^"]*\)".*/\1/' | tr A-Z a-z
    } | sort -u >"$tmp/real-owners"
    for list in real-ids real-owners; do
        if [ "$(wc -l <"$tmp/$list")" -gt 1000 ]; then
            ok "$list are there to compare with"
        else
            not_ok "$list are too few" "$(wc -l <"$tmp/$list")"
        fi
    done
    is "no invented id is a real one" \
        "$(comm -12 "$tmp/ids" "$tmp/real-ids")" ""
    is "no invented author is a real one" \
        "$(comm -12 "$tmp/owners" "$tmp/real-owners")" ""
    sed 's|.*/||' "$tmp/ids" | sort -u >"$tmp/names"
    sed 's|.*/||' "$tmp/real-ids" | sort -u >"$tmp/real-names"
    is "no invented model has a real one's name" \
        "$(comm -12 "$tmp/names" "$tmp/real-names")" ""
else
    skip "no invented name is a real one" "no $shared/hub"
fi

# --- files and stores ------------------------------------------------------

echo old >"$tmp/file"
run "$ECOVIZ" synth --models 2000 -o "$tmp/no-such-folder/file"
exits "a folder that is not there" 1
like "is named" "$tmp/err" 'cannot write beside .*no-such-folder/file'
if [ -w /dev/full ]; then
    status=0
    "$ECOVIZ" synth --models 2000 -o - >/dev/full 2>"$tmp/err" || status=$?
    exits "a full disk" 1
fi
run "$ECOVIZ" synth --models 2000 -o "$tmp/file"
exits "a file is replaced" 0
check "and nothing else stays" test "$(ls -d "$tmp"/file*)" = "$tmp/file"
is "with all rows" "$(grep -c '^{"_id"' "$tmp/file")" 2000

run "$ECOVIZ" --data "$tmp/direct" synth --models 2000
exits "straight into the store" 0
like "what came in" "$tmp/out" '^Imported 2,000 models, .* authors and 1,000 Sp'
run "$ECOVIZ" --data "$tmp/through" import --strict --data-kind synthetic \
    "$tmp/file"
exits "through a file" 0
like "without a bad row" "$tmp/out" 'bad rows skipped  *0$'
"$ECOVIZ" --data "$tmp/direct" build >/dev/null 2>&1
"$ECOVIZ" --data "$tmp/through" build >/dev/null 2>&1
check "both ways give the same snapshot" \
    cmp "$tmp/direct/snapshot.eco" "$tmp/through/snapshot.eco"
check "which is sound" "$ECOVIZ" --data "$tmp/direct" verify
run "$ECOVIZ" --data "$tmp/direct" top
like "and says what it is" "$tmp/out" '^As of 2026-09-01, .*\(synthetic data\)'

# --- mistakes --------------------------------------------------------------

run "$ECOVIZ" synth --models 30000001 -o -
exits "too many models" 2
like "says how many are possible" "$tmp/err" '1 to 30000000'
run "$ECOVIZ" synth --models 0 -o -
exits "no models" 2
run "$ECOVIZ" synth file
exits "an operand" 2
done_testing
