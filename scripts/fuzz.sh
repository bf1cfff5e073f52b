#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh SECONDS - run every harness of build-fuzz for that long, beginning
# with the inputs of tests/fuzz/<name>/; finds are left in build-fuzz/
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
seconds=$1
passed=0
failed=0
cd "$root/build-fuzz"

for harness in tests/fuzz_*; do
    [ -f "$harness" ] || continue
    name=${harness#tests/fuzz_}
    mkdir -p "corpus/$name"
    echo "fuzz: $name, $seconds s"
    if "$harness" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="crash-$name-" -verbosity=0 -print_final_stats=1 \
        "corpus/$name" "$root/tests/fuzz/$name" >"$name.log" 2>&1; then
        grep -E 'number_of_executed_units|peak_rss' "$name.log" || true
        passed=$((passed + 1))
    else
        cat "$name.log"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
