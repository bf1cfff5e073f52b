#!/bin/sh
# SPDX-License-Identifier: MIT
# check-functions.sh - the length and complexity of every C function: a table
# of the largest, and a failure beyond the gate
set -eu
cd "$(dirname "$0")/.."

max_complexity=25
max_lines=120
shown=10

# pmccabe: modified complexity, complexity, statements, first line, lines,
# file(line): name
find src -name '*.c' -exec pmccabe {} + |
    LC_ALL=C sort -t "$(printf '\t')" -k1,1nr -k5,5nr -k6 | awk -F '\t' \
    -v max_complexity=$max_complexity -v max_lines=$max_lines \
    -v shown=$shown '
    function row(complexity, lines, where) {
        printf "%10d %6d  %s\n", complexity, lines, where
    }
    NR == 1 { print "complexity  lines  function" }
    NR <= shown { row($1, $5, $6) }
    $1 > max_complexity || $5 > max_lines { over[++bad] = $0 }
    { total += $5; length_of[NR] = $5; if ($5 > 70) long++ }
    END {
        printf "%d functions, %.1f lines on average, %d above 70 lines\n",
            NR, NR ? total / NR : 0, long
        if (bad)
            printf "beyond complexity %d or %d lines:\n", max_complexity,
                max_lines
        for (i = 1; i <= bad; i++) {
            split(over[i], f, "\t")
            row(f[1], f[5], f[6])
        }
        exit bad > 0 || NR == 0
    }'
