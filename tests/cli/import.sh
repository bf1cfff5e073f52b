#!/bin/sh
# SPDX-License-Identifier: MIT
# Import as a person meets it: shapes, packings, dates, mistakes.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1

cat >rows.jsonl <<'EOF'
{"id":"a/one","likes":3}
{"id":"a/two","likes":2,"tags":["base_model:finetune:a/one"]}
EOF
{
    echo '['
    sed '$!s/$/,/' rows.jsonl
    echo ']'
} >array.json
{
    echo '{"count":2,"models":'
    cat array.json
    echo '}'
} >wrapper.json

ids() { # the ranking of a store, as a list
    "$ECOVIZ" --data "$1" build >/dev/null 2>&1 &&
        "$ECOVIZ" --data "$1" top --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p' |
        tr '\n' ' '
}

wanted="a/one a/two "
for file in rows.jsonl array.json wrapper.json; do
    run "$ECOVIZ" --data "d-$file" import --as-of 2026-01-01 "$file"
    exits "$file imports" 0
    is "$file: the models" "$(ids "d-$file")" "$wanted"
done
for pack in gzip zstd; do
    # The name says nothing of the packing.
    $pack -c rows.jsonl >"$pack.json"
    run "$ECOVIZ" --data "d-$pack" import --as-of 2026-01-01 "$pack.json"
    exits "$pack imports" 0
    is "$pack: the models" "$(ids "d-$pack")" "$wanted"
done
cp rows.jsonl named.jsonl.gz
run "$ECOVIZ" --data d-named import --as-of 2026-01-01 named.jsonl.gz
exits "a plain file named .gz imports" 0
is "named: the models" "$(ids d-named)" "$wanted"

"$ECOVIZ" --data d-stdin import --as-of 2026-01-01 - <rows.jsonl >out 2>err
is "standard input imports" "$?" 0
is "stdin: the models" "$(ids d-stdin)" "$wanted"

# Dates: the option, the row's own, the file's name, else a refusal.
cp rows.jsonl hub-2026-02-03.jsonl
run "$ECOVIZ" --data d-name import hub-2026-02-03.jsonl
exits "the date in the name is enough" 0
"$ECOVIZ" --data d-name build >/dev/null 2>&1
run "$ECOVIZ" --data d-name top
like "as of the day in the name" out "As of 2026-02-03"
echo '{"id":"a/three","snapshot":"2026-03-04"}' >own-2026-01-01.jsonl
run "$ECOVIZ" --data d-own import own-2026-01-01.jsonl
"$ECOVIZ" --data d-own build >/dev/null 2>&1
run "$ECOVIZ" --data d-own top
like "the row's own day goes before the name's" out "As of 2026-03-04"
run "$ECOVIZ" --data d-option import --as-of 2026-05-06 own-2026-01-01.jsonl
"$ECOVIZ" --data d-option build >/dev/null 2>&1
run "$ECOVIZ" --data d-option top
like "the option goes before both" out "As of 2026-05-06"
run "$ECOVIZ" --data d-none import rows.jsonl
exits "no date is refused" 1
like "with a hint" err "rows.jsonl: no date.*--as-of YYYY-MM-DD"
run "$ECOVIZ" --data d-none import --as-of 2026-02-30 rows.jsonl
exits "a day that does not exist is refused" 2
like "and named" err "2026-02-30"

# Mistakes.
run "$ECOVIZ" --data d-x import
exits "no file is a mistake" 2
run "$ECOVIZ" --data d-x import --as-of 2026-01-01 no-such-file
exits "a missing file fails" 1
like "and is named" err "cannot open no-such-file"
run "$ECOVIZ" --data d-x import --as-of 2026-01-01 .
exits "a directory fails" 1
head -c 20 gzip.json >cut.json
run "$ECOVIZ" --data d-x import --as-of 2026-01-01 cut.json
exits "half a gzip file fails" 1
like "and is called that" err "cut.json: compressed data ends too early"
run "$ECOVIZ" --data d-x import --as-of 2026-01-01 --threads 0 rows.jsonl
exits "no threads is a mistake" 2
echo "no store" >"$tmp/plain-file"
run "$ECOVIZ" --data "$tmp/plain-file" import --as-of 2026-01-01 rows.jsonl
exits "a file as data directory fails" 1
printf 'bad\nworse\n' >bad.jsonl
run "$ECOVIZ" --data d-bad import --as-of 2026-01-01 bad.jsonl
exits "an import in which nothing can be used fails" 1
like "and says so" err "no row could be used"
mkdir foreign
echo "this is a text, and no store of anything at all" >foreign/store.sqlite
run "$ECOVIZ" --data foreign import --as-of 2026-01-01 rows.jsonl
exits "a foreign store is refused" 1
like "a foreign store is named" err "foreign/store.sqlite"
run "$ECOVIZ" --data d-rows.jsonl import --data-kind sample \
    --as-of 2026-01-01 rows.jsonl
exits "sample data does not go into a store of the Hub's" 1
like "which says why" err "holds hub data"

# Commands without a store or a snapshot say what to do.
run "$ECOVIZ" --data nothing build
exits "build without a store fails" 1
like "build without a store: what to do" err "run ecoviz import"
run "$ECOVIZ" --data nothing top
exits "top without a snapshot fails" 1
like "top without a snapshot: what to do" err "run ecoviz build"

# A full disk must not look like success.
if [ -e /dev/full ]; then
    "$ECOVIZ" --data d-rows.jsonl top >/dev/full 2>err
    is "a full disk fails" "$?" 1
    like "and is told" err "cannot write standard output"
fi

# Ctrl-C ends an import cleanly; the next one goes on.
awk 'BEGIN { for (i = 0; i < 300000; i++)
    printf "{\"id\":\"c/m%d\",\"likes\":%d}\n", i, i % 7 }' >many.jsonl
"$ECOVIZ" --data d-int import --as-of 2026-01-01 many.jsonl >out 2>err &
pid=$!
sleep 0.5
kill -INT $pid
wait $pid
is "an interrupted import fails" "$?" 1
like "and says how to go on" err "run the same import again"
run "$ECOVIZ" --data d-int import --as-of 2026-01-01 many.jsonl
exits "the same import again goes on" 0
like "to the end" out "models +300,000"

# So it does while it waits for a pipe that gives nothing more.
mkfifo pipe
head -n 5000 many.jsonl >some.jsonl
sh -c 'cat some.jsonl; exec sleep 20' >pipe &
producer=$!
"$ECOVIZ" --data d-stall import --as-of 2026-01-01 - <pipe >out 2>err &
pid=$!
sleep 1
kill -INT $pid
wait $pid
is "an import that waits for a pipe can be interrupted" "$?" 1
if kill $producer 2>/dev/null; then
    ok "before the pipe ends"
else
    not_ok "before the pipe ends"
fi
run "$ECOVIZ" --data d-stall import --as-of 2026-01-01 /dev/null
like "and keeps what it had read" out "models +5,000$"

: >empty.jsonl
"$ECOVIZ" --data d-empty import --as-of 2026-01-01 empty.jsonl >/dev/null 2>&1
run "$ECOVIZ" --data d-empty build
exits "there is nothing to build after an empty file" 1
like "which says what is missing" err \
    "holds no models yet: import a list of models$"
done_testing
