#!/bin/sh
# SPDX-License-Identifier: MIT
# Where the server listens, and how it ends.
. "$(dirname "$0")/lib.sh"
sample=$(cd "$(dirname "$0")/../../data" && pwd)/sample.jsonl

"$ECOVIZ" --data "$tmp/d" import --data-kind sample "$sample" >/dev/null 2>&1
check "a snapshot" "$ECOVIZ" --data "$tmp/d" build
for address in 127.0.0.1:99999 127.0.0.1:x 127.0.0.1 :8080x '[::1' nowhere:80x; do
    run timeout 10 "$ECOVIZ" --data "$tmp/d" serve --listen "$address"
    exits "$address is refused" 1
    like "$address is named" "$tmp/err" "ecoviz serve: .*"
done
check "it starts" start_server "$tmp/d"
run curl -sf "$url/healthz"
is "and answers" "$(cat "$tmp/out")" "ok"
kill -TERM "$server_pid"
wait "$server_pid"
is "SIGTERM ends it with status 0" "$?" 0
server_pid=
done_testing
