#!/bin/sh
# SPDX-License-Identifier: MIT
# What `ecoviz stats` says of the sample and of a synthetic Hub, counted by hand
# from their stores; real-data.sh does the same with real captures.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
cd "$tmp" || exit 1

"$ECOVIZ" --data d import --data-kind sample "$here/../../data/sample.jsonl" \
    >/dev/null 2>&1
check "a snapshot of the sample" "$ECOVIZ" --data d build
check "its totals" python3 "$here/totals_check.py" "$ECOVIZ" d
"$ECOVIZ" --data h synth --models 20000 >/dev/null 2>&1
check "a snapshot of a synthetic Hub" "$ECOVIZ" --data h build
check "its totals" python3 "$here/totals_check.py" "$ECOVIZ" h
done_testing
