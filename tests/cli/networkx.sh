#!/bin/sh
# SPDX-License-Identifier: MIT
# GEXF and GraphML, read back by another program: networkx sees the nodes,
# edges and attributes of the JSON form.
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
sample=$here/../../data/sample.jsonl
cd "$tmp" || exit 1

# Debian's own Python has python3-networkx, whatever else is in the PATH.
python=/usr/bin/python3
"$python" -c "import networkx" 2>/dev/null || {
    skip "networkx reads what is exported" "python3-networkx is not there"
    done_testing
}

compare() { # NAME DATA ARGUMENT...
    name=$1 data=$2
    shift 2
    for format in json gexf graphml; do
        "$ECOVIZ" --data "$data" export network -o "net.$format" "$@" || {
            not_ok "$name: $format"
            return
        }
    done
    check "$name" "$python" "$here/networkx_check.py" net.json net.gexf \
        net.graphml
}

"$ECOVIZ" --data d import --data-kind sample "$sample" >/dev/null 2>&1
check "a snapshot of the sample" "$ECOVIZ" --data d build
compare "one family" d example-lab/aspen-8b
compare "several, folded by author" d --view author --top 10
compare "over hidden models" d --view quantized --top 3
compare "a model alone" d --depth 1 --limit 1 dora-demo/first-try
compare "everything" d --view full --top 59

"$ECOVIZ" --data h synth --models 5000 >/dev/null 2>&1
check "a snapshot of a synthetic Hub" "$ECOVIZ" --data h build
compare "a synthetic family" h --view full --top 1
compare "the top of a synthetic Hub" h --top 100 --limit 50
compare "all of a synthetic Hub" h --view full --top 1000
compare "a synthetic Hub by author" h --view author --top 30
done_testing
