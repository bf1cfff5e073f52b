#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh GROUP... - see that this machine has what the make targets need
#
# Groups: build web test lint fuzz bench. What is there is left alone; what is
# missing is installed from the Debian archive, as root or through sudo. Where
# neither is possible, the command to run is printed and the exit code is 1.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
node_home=$root/build/node
log=$root/build/setup.log

# The Node that the web build needs, and what is fetched where only an older
# one can be had: exact versions of the npm packages "node" and "npm".
node_major=20
node_minor=19
fetched_node=22.23.3
fetched_npm=10.9.9

packages= # missing Debian packages
reasons=  # one line each

say() {
    echo "setup: $*" >&2
}

missing() { # PACKAGE REASON
    case " $packages " in
    *" $1 "*) return 0 ;;
    esac
    packages="$packages${packages:+ }$1"
    reasons="$reasons  $1: $2
"
}

has() {
    command -v "$1" >/dev/null 2>&1
}

need_command() { # COMMAND PACKAGE REASON
    has "$1" || missing "$2" "$3"
}

need_library() { # PKG-CONFIG-NAME PACKAGE REASON
    pkg-config --exists "$1" 2>/dev/null || missing "$2" "$3"
}

need_header() { # HEADER PACKAGE REASON
    [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] ||
        missing "$2" "$3"
}

check_build() {
    need_command cc gcc "the C compiler"
    need_header stdio.h libc6-dev "the C library's headers"
    need_command meson meson "the build system"
    need_command ninja ninja-build "runs the build"
    need_command pkg-config pkg-config "finds libraries"
    need_library json-c libjson-c-dev "reads JSON"
    need_library libbrotlienc libbrotli-dev "compresses answers"
    need_library libmicrohttpd libmicrohttpd-dev "speaks HTTP"
    need_library libxxhash libxxhash-dev "checksums of snapshots"
    need_library libzstd libzstd-dev "reads and writes zstd"
    need_header roaring/roaring.h libroaring-dev "sets of models"
    need_library sqlite3 libsqlite3-dev "the store"
    [ -e /usr/share/iso-codes/json/iso_639-3.json ] ||
        missing iso-codes "codes of languages"
    need_library zlib zlib1g-dev "reads and writes gzip"
}

need_chromium() { # REASON
    [ -n "${ECOVIZ_CHROMIUM:-}" ] || need_command chromium chromium "$1"
}

check_test() {
    need_library cmocka libcmocka-dev "unit tests"
    need_chromium "browser tests"
    # Where text is measured, the fonts must be the same everywhere.
    [ -d /usr/share/fonts/truetype/liberation ] ||
        [ -d /usr/share/fonts/truetype/liberation2 ] ||
        missing fonts-liberation "the fonts of browser tests"
    need_command curl curl "HTTP tests"
    [ -d /usr/lib/python3/dist-packages/networkx ] ||
        missing python3-networkx "reads exported networks in a test"
}

check_fuzz() {
    need_command clang clang "compiles the fuzz harnesses"
    if has clang; then
        set -- "$(clang -print-resource-dir)"/lib/*/libclang_rt.fuzzer*
        [ -e "$1" ] || missing libclang-rt-dev "libFuzzer and sanitizers"
    else
        missing libclang-rt-dev "libFuzzer and sanitizers"
    fi
}

check_bench() {
    [ -x /usr/bin/time ] || missing time "measures processes"
    [ -x /usr/sbin/nginx ] || missing nginx-light "the rival for static files"
    need_command wrk wrk "puts load on a server"
    need_library igraph libigraph-dev "the rival for ranking"
    need_chromium "draws networks"
}

check_lint() {
    need_command clang-format clang-format "checks the layout of C"
    need_command clang-tidy clang-tidy "checks C"
    need_command run-clang-tidy clang-tidy "checks C"
    need_command pmccabe pmccabe "measures functions"
    need_command shellcheck shellcheck "checks shell scripts"
    need_command mandoc mandoc "checks manual pages"
}

# Is the Node in front of PATH, or the fetched one, new enough?
node_is_new_enough() {
    "$root/scripts/with-node.sh" node -e "
        const [major, minor] = process.versions.node.split('.').map(Number);
        process.exit(major > $node_major ||
            (major === $node_major && minor >= $node_minor) ? 0 : 1);
        " 2>/dev/null
}

has_npm() {
    "$root/scripts/with-node.sh" npm --version >/dev/null 2>&1
}

check_web() {
    need_command zstd zstd "compresses the front end"
    if node_is_new_enough; then
        # npm takes a third of a second to say its version; seeing it is enough
        has npm || [ -x "$node_home/node_modules/.bin/npm" ] || no_npm
    elif ! has npm; then
        missing nodejs "fetches a newer Node for the web build"
        missing npm "fetches a newer Node for the web build"
    fi
}

# Debian's npm would replace a newer Node by Debian's own.
no_npm() {
    say "node $(node --version) is here without npm: install the npm that" \
        "belongs to it"
    exit 1
}

fetch_node() {
    node_is_new_enough && return
    say "node $(node --version 2>/dev/null || echo '(none)') is older than" \
        "$node_major.$node_minor: fetching node $fetched_node with npm into" \
        "build/node, for this build only"
    mkdir -p "$node_home"
    rm -rf "$node_home/node_modules"
    echo '{ "private": true }' >"$node_home/package.json"
    "$root/scripts/with-node.sh" npm install --prefix "$node_home" \
        --no-audit --no-fund --no-package-lock --loglevel=error \
        "node@$fetched_node" "npm@$fetched_npm" >&2
    node_is_new_enough || {
        say "the fetched node in build/node does not run"
        exit 1
    }
}

# Run a command as root, or fail without asking where nobody could answer.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" -eq 0 ] || { has sudo && { [ -t 0 ] || sudo -n true; }; } \
        2>/dev/null
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1
}

give_up() {
    say "$1; run this, then make again:"
    # shellcheck disable=SC2086 # a list of packages
    echo "    sudo apt-get update && sudo apt-get install -y" \
        --no-install-recommends $packages >&2
    exit 1
}

install_packages() {
    [ -n "$packages" ] || return 0
    say "missing on this machine:"
    printf '%s' "$reasons" >&2
    has apt-get || give_up "no apt-get here (the names are Debian's)"
    can_be_root || give_up "neither root nor sudo"

    mkdir -p "$root/build"
    : >"$log"
    say "installing them with apt-get (log: build/setup.log)"
    # The lists of a fresh image are empty, and old ones name files that are
    # gone: update, then try again.
    # shellcheck disable=SC2086 # a list of packages
    apt install --no-install-recommends $packages || {
        say "updating the package lists first"
        { apt update && apt install --no-install-recommends $packages; } || {
            tail -n 20 "$log" >&2
            give_up "apt-get failed"
        }
    }
}

[ $# -gt 0 ] || {
    echo "usage: $0 build|web|test|lint|fuzz|bench..." >&2
    exit 2
}
for group in "$@"; do
    case $group in
    build | web | test | lint | fuzz | bench) "check_$group" ;;
    *)
        say "no such group: $group"
        exit 2
        ;;
    esac
done
install_packages
case " $* " in
*" web "*) fetch_node ;;
esac
