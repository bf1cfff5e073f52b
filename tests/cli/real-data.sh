#!/bin/sh
# SPDX-License-Identifier: MIT
# Real captures of the Hub, where they are at hand: ECOVIZ_SHARED_DATA, or
# ../shared/data beside the checkout. The numbers were found by an independent
# script as well.
. "$(dirname "$0")/lib.sh"
hub=${ECOVIZ_SHARED_DATA:-$(dirname "$0")/../../../shared/data}/hub
if [ ! -e "$hub/radar-2026-08-20.jsonl.gz" ]; then
    skip "real captures" "no real data at $hub"
    done_testing
fi
hub=$(cd "$hub" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cd "$tmp" || exit 1
most=$hub/most-liked-2025-12-22.jsonl.gz
older=$hub/radar-2026-08-19.jsonl.gz
newer=$hub/radar-2026-08-20.jsonl.gz
trending=$hub/trending-daily-2024-05-to-2025-05.jsonl.gz

run "$ECOVIZ" --data a import "$most" "$older" "$newer"
exits "three captures import" 0
like "models" out "^  models +31,183$"
like "removed" out "^  removed from the Hub +532$"
like "edges" out "^  edges +7,568$"
like "placeholders" out "^  placeholders +1,025$"
like "no bad row" out "^  bad rows skipped +0$"
run "$ECOVIZ" --data a import --as-of 2026-08-20 "$hub/organizations.json"
exits "organisations import" 0
like "organisations" out "^  authors +1,321$"
check "build" "$ECOVIZ" --data a build
check "verify" "$ECOVIZ" --data a verify
check "totals, counted by hand" python3 "$here/totals_check.py" "$ECOVIZ" a

run "$ECOVIZ" --data a top -n 5
like "as of" out "^As of 2026-08-20, of 31,183 models$"
is "the head of the ranking" "$(awk '$1 ~ /^[1-5]$/ {
    print $NF, $2 }' out)" "black-forest-labs/FLUX.1-dev 3516.390766
deepseek-ai/DeepSeek-R1 3261.320402
Qwen/Qwen3.8-27B 2900.007655
moonshotai/Kimi-K3 2698.848726
stabilityai/stable-diffusion-xl-base-1.0 1994.621704"
run "$ECOVIZ" --data a show qwen/qwen3.8-27b
like "an organisation's kind" out "Qwen, Qwen \(company\)"

run "$ECOVIZ" --data a import "$newer" "$most" "$older"
like "again: nothing new" out "^  new +0$"
like "again: nothing changed" out "^  changed +0$"
cp a/snapshot.eco first.eco
"$ECOVIZ" --data a build >/dev/null 2>&1
check "again: the same snapshot" cmp first.eco a/snapshot.eco

"$ECOVIZ" --data b import --as-of 2026-08-20 "$hub/organizations.json" \
    >/dev/null 2>&1
"$ECOVIZ" --data b import "$newer" "$older" "$most" >/dev/null 2>&1
"$ECOVIZ" --data b build >/dev/null 2>&1
check "another order: the same snapshot" cmp first.eco b/snapshot.eco

# A year of days, then in another order: the same store, the same snapshot.
"$ECOVIZ" --data a import "$trending" >/dev/null 2>&1
"$ECOVIZ" --data a build >/dev/null 2>&1
"$ECOVIZ" --data c import "$trending" "$newer" "$most" "$older" >/dev/null 2>&1
"$ECOVIZ" --data c import --as-of 2026-08-20 "$hub/organizations.json" \
    >/dev/null 2>&1
"$ECOVIZ" --data c build >/dev/null 2>&1
check "with a year of days: the same snapshot" cmp a/snapshot.eco c/snapshot.eco
check "its totals, counted by hand" python3 "$here/totals_check.py" "$ECOVIZ" c
run "$ECOVIZ" --data c import --as-of 2025-04-01 \
    "$hub/api-models-full-100.json"
exits "the Hub's own answer imports" 0
like "all its rows" out "^  rows +100$"
run "$ECOVIZ" --data c import --as-of 2025-04-01 "$hub/authors-overview.json"
exits "authors import" 0
like "all of them" out "^  rows +73$"
done_testing
