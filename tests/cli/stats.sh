#!/bin/sh
# SPDX-License-Identifier: MIT
# Totals in the terminal.
. "$(dirname "$0")/lib.sh"
samples=$(cd "$(dirname "$0")/../../data" && pwd)
cd "$tmp" || exit 1

"$ECOVIZ" --data d import --data-kind sample "$samples/sample.jsonl" \
    >/dev/null 2>&1
"$ECOVIZ" --data d import --data-kind sample --as-of 2026-01-15 \
    "$samples/sample-organizations.json" >/dev/null 2>&1
check "a snapshot" "$ECOVIZ" --data d build
stats() {
    run "$ECOVIZ" --data d stats "$@"
}
row() { # TEXT: influence may be any number
    like "a line: $1" out "^ *[0-9]+\.[0-9]{6}  $1\$"
}

stats
exits "an overview" 0
like "of which data" out "^As of 2026-01-15, of 59 models \(sample data\)"
row " *28,415  *8,597,123  *59  all models"
is "eight facets" \
    "$(sed -n 's/^ *influence .* models  //p' out | tr '\n' ' ')" \
    "total language author task library licence family kind relation "
row " *19,007  *6,489,400  *18  en"
row " *306  *23,800  *6  others, 4 values"
row " *8,575  *2,032,213  *31  none"
row " *298  *34,300  *2  code \(names no language\)"
row " *11,332  *3,192,350  *18  example-lab/aspen-8b"
row " *12,991  *4,651,623  *12  none"

stats --by language --top=2
exits "one facet" 0
is "as many values, others, none and one apart" "$(grep -c '^ *[0-9]' out)" 5
like "the rest" out "  6  others, 7 values$"

stats --by task
row " *18,803  *5,055,700  *34  text-generation"
unlike "all of them: no others" out "others"

stats --by author --sort likes --top 1
like "an author with its full name" out "  example-lab \(.*\)$"
row ".*  53  others, 13 values"
unlike "no model is without an author" out "none"

stats --by year
is "years as they followed" \
    "$(sed -n 's/.*  \(20[0-9][0-9]\)$/\1/p' out | tr '\n' ' ')" \
    "2023 2024 2025 2026 "
stats --by year --sort models
is "years by models" "$(sed -n 's/.*  \(20[0-9][0-9]\)$/\1/p' out | head -n 1)" \
    2025

stats --json
exits "as JSON" 0
like "which is the dashboard's" out \
    '^\{"as_of":"2026-01-15","data":"sample","total":\{"models":59,'
stats --by licence --sort downloads --top 2 --json
like "one facet" out '"facet":"licence","total":6,"page":1,"per_page":2,"sort":"downloads"'
stats --by month --json
like "in order of time" out '"sort":null,"values":\[\{"value":"2023-05"'

stats --by size
exits "an unknown facet" 2
like "the facets are listed" err "not one of language, author, .*, year: size$"
stats --by task --top 1001
exits "too many" 2
like "the maximum is named" err "at most 1000"
stats en
exits "no operand" 2
run "$ECOVIZ" --data none stats
exits "no snapshot" 1
"$ECOVIZ" --data d stats >/dev/full 2>err
is "a full disk is seen" "$?" 1
done_testing
