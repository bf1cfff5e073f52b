#!/bin/sh
# SPDX-License-Identifier: MIT
# Networks for other programs: formats, files, what is refused.
. "$(dirname "$0")/lib.sh"
sample=$(cd "$(dirname "$0")/../../data" && pwd)/sample.jsonl
cd "$tmp" || exit 1

"$ECOVIZ" --data d import --data-kind sample "$sample" >/dev/null 2>&1
check "a snapshot" "$ECOVIZ" --data d build
export_network() {
    run "$ECOVIZ" --data d export network "$@"
}

export_network example-lab/aspen-8b
exits "to standard output" 0
like "as JSON by default" out '^\{"as_of":"2026-01-15","data":"sample",'
cp out whole
export_network -o - --format json example-lab/aspen-8b
check "said in words" cmp out whole
for format in json binary gexf graphml svg; do
    export_network --format $format -o any example-lab/aspen-8b
    exits "$format into a file" 0
    is "$format: nothing on standard output" "$(cat out)" ""
    mv any "by-word.$format"
    export_network -o "by-name.$format" example-lab/aspen-8b
    check "$format by the name of the file" \
        cmp "by-word.$format" "by-name.$format"
    export_network --format $format example-lab/aspen-8b
    check "$format: standard output gets the same" cmp out "by-word.$format"
done
check "JSON is what it was" cmp whole by-name.json
is "binary begins with its mark" "$(head -c 7 by-name.binary)" ECONET1
like "GEXF is 1.3" by-name.gexf '<gexf xmlns="http://gexf.net/1.3"'
like "the picture says that the data is a sample" by-name.svg "sample data"
is "no temporary file is left" "$(ls -- *.*.?????? 2>/dev/null)" ""

export_network --top 3 --view full -o top.graphml
exits "of the most influential models" 0
is "its nodes" "$(grep -c '<node ' top.graphml)" 30
export_network --limit 1 --depth 1 -o less.graphml example-lab/aspen-8b
is "limit and depth" "$(grep -c '<node ' less.graphml)" 2
export_network --until 2025-02-24 -o day.graphml example-lab/aspen-8b
is "of a day" "$(grep -c '<node ' day.graphml)" 3
export_network --hide quantized --hide=merge -o rest.graphml \
    example-lab/aspen-8b
like "two relations are left" rest.graphml '<data key="edge_relation">adapter<'
unlike "and two are not" rest.graphml \
    '<data key="edge_relation">(quantized|merge)<'

# A server and the command line say the same.
if start_server d; then
    for format in json binary gexf graphml svg; do
        curl -s "$url/api/v1/networks?top=5&view=author&format=$format" >served
        export_network --top 5 --view author --format $format
        [ $format != json ] || echo >>served
        check "$format is what is served" cmp served out
    done
    stop_server
else
    not_ok "the server starts"
fi

export_network
exits "no model" 2
run "$ECOVIZ" --data d export
exits "no subject" 2
run "$ECOVIZ" --data d export models x
exits "another subject" 2
export_network --top 2 example-lab/aspen-8b
exits "both models and --top" 2
export_network example-lab/aspen-8b no-such/model -o never.json
exits "an unknown model" 1
like "is named" err "^ecoviz export: there is no model no-such/model$"
check "and no file is made" test -z "$(ls -d never.json* 2>/dev/null)"
for bad in "--view all" "--format png" "--hide finetuned" "--until 2025-02-30" \
    "--top 1001" "--limit 100001" "--depth 1001" "--top 0"; do
    # shellcheck disable=SC2086 # words are arguments
    export_network $bad example-lab/aspen-8b
    exits "$bad is refused" 2
done
echo before >kept.json
export_network -o kept.json no-such/model
is "a file stays when nothing comes of it" "$(cat kept.json)" before
export_network -o no/such/folder/x.json example-lab/aspen-8b
exits "a folder that is not there" 1
like "is named" err "no/such/folder/x.json"
export_network -o /dev/full example-lab/aspen-8b
exits "a full disk" 1
check "a device stays a device" test -c /dev/full
export_network -o /dev/null example-lab/aspen-8b
exits "a device is written to" 0
check "and stays one" test -c /dev/null
"$ECOVIZ" --data d export network example-lab/aspen-8b >/dev/full 2>err
is "a full standard output is seen" "$?" 1
done_testing
