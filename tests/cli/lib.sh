# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# lib.sh - TAP for shell tests
#
# Source it first, end with done_testing. Every test has a folder of its own
# in $tmp that is removed at the end; the program is "$ECOVIZ".

ECOVIZ=${ECOVIZ:-$(cd "$(dirname "$0")/../.." && pwd)/build/ecoviz}
LC_ALL=C
export ECOVIZ LC_ALL

tmp=$(mktemp -d "${TMPDIR:-/tmp}/ecoviz-test.XXXXXX") || exit 1
tap_count=0
tap_failed=0
server_pid=

tap_cleanup() {
    stop_server
    rm -rf "$tmp"
}
trap tap_cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ok() { # NAME
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1"
}

not_ok() { # NAME [DETAIL]
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $1"
    [ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
}

skip() { # NAME REASON
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# Run a command: $status, and its output in $tmp/out and $tmp/err.
run() { # COMMAND [ARG...]
    status=0
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
}

# The command must succeed.
check() { # NAME COMMAND [ARG...]
    tap_name=$1
    shift
    if "$@" >"$tmp/check" 2>&1; then
        ok "$tap_name"
    else
        not_ok "$tap_name" "failed: $*
$(cat "$tmp/check")"
    fi
}

is() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        not_ok "$1" "got:    $2
wanted: $3"
    fi
}

# The last run ended with this status.
exits() { # NAME STATUS
    if [ "$status" -eq "$2" ]; then
        ok "$1"
    else
        not_ok "$1" "exit status $status, wanted $2
$(cat "$tmp/err")"
    fi
}

# A line of a file matches an extended regular expression.
like() { # NAME FILE PATTERN
    if grep -Eq -e "$3" "$2"; then
        ok "$1"
    else
        not_ok "$1" "no line matches $3 in:
$(cat "$2")"
    fi
}

unlike() { # NAME FILE PATTERN
    if grep -Eq -e "$3" "$2"; then
        not_ok "$1" "matches $3: $(grep -E -e "$3" "$2")"
    else
        ok "$1"
    fi
}

# Serve a data folder on a free port: $url, $server_pid; 1 when it does not
# come up within ten seconds.
start_server() { # DATA [OPTION...]
    tap_data=$1
    shift
    "$ECOVIZ" --data "$tap_data" serve --listen 127.0.0.1:0 "$@" \
        >"$tmp/server.log" 2>&1 </dev/null &
    server_pid=$!
    tap_tries=0
    while [ $tap_tries -lt 100 ]; do
        url=$(sed -n 's|.*\(http://[^ /]*\).*|\1|p' "$tmp/server.log" |
            head -n 1)
        [ -z "$url" ] || return 0
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.1
        tap_tries=$((tap_tries + 1))
    done
    echo "# the server did not start:"
    sed 's/^/# /' "$tmp/server.log"
    return 1
}

stop_server() {
    [ -n "$server_pid" ] || return 0
    kill "$server_pid" 2>/dev/null
    wait "$server_pid" 2>/dev/null
    server_pid=
}

# The plan comes last, so that a test which ends early is seen as broken.
done_testing() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
    exit
}
