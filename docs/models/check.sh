#!/usr/bin/env bash
# Checks the models of this directory, and that each mutant of them is found: docs/models/check.sh [--three]. Takes half a
# minute; --three adds the runs of three processes, half a minute more. Needs spin and gcc; where they
# are missing it says so and ends with 0, with --strict with 1.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
models=$PWD
strict= three=
for option in "$@"; do
    case $option in
    --strict) strict=yes ;;
    --three) three=yes ;;
    *) echo "unknown option $option" >&2; exit 2 ;;
    esac
done
for tool in spin gcc; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: $tool is not installed (apt-get install spin gcc)"
        [ -z "$strict" ]
        exit
    fi
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
running=()

# run EXPECTED NAME "OPTIONS OF SPIN" "OPTIONS OF GCC" "OPTIONS OF PAN": two at a time, each in a directory of its own
run() {
    local directory
    [ "${#running[@]}" -lt 2 ] || await_first
    directory=$(mktemp -d -p "$scratch")
    (cd "$directory" && check "$@") &
    running+=($!)
}

await_first() {
    wait "${running[0]}" || failures=$((failures + 1))
    running=("${running[@]:1}")
}

check() {
    local expected=$1 name=$2 errors
    spin -a $3 "$models/lock.pml" >/dev/null
    gcc -O2 -w $4 -o pan pan.c
    ./pan $5 >out 2>&1 || true
    errors=$(sed -nE 's/.*errors: ([0-9]+).*/\1/p' out)
    if grep -qE 'max search depth too small|out of memory|aborting' out || [ -z "$errors" ]; then
        errors=incomplete
    fi
    if [ "$errors" = "$expected" ] || { [ "$expected" = some ] && [[ $errors =~ ^[1-9] ]]; }; then
        echo "$name: $errors errors, as expected; $(sed -nE 's/^ *([0-9.e+]+) states, stored.*/\1 states/p' out)"
    else
        echo "$name: $errors errors, expected $expected"
        tail -5 out
        return 1
    fi
}

safety="-DSAFETY -DCOLLAPSE"
live="-DCOLLAPSE -DNFAIR=3"
run 0 "two processes, two deaths" "-DN=2 -DCRASHES=2" "$safety" -m200000
run 0 "two processes get through" "-DN=2 -DCRASHES=2 -DROUNDS=1 -DLIVENESS" "$live" "-a -f -m400000"
run some "mutant: recovery is clean" "-DN=2 -DCRASHES=2 -DM_DIRTY" "$safety" -m200000
run some "mutant: parks without a slice" "-DN=2 -DCRASHES=2 -DM_NOTIMER" "$safety" -m200000
run some "mutant: no generation" "-DN=2 -DCRASHES=2 -DROUNDS=1 -DLIVENESS -DM_GEN" "$live" "-a -f -m400000"
run some "mutant: taken in two steps" "-DN=2 -DCRASHES=2 -DROUNDS=1 -DLIVENESS -DM_SPLIT" "$live" "-a -f -m400000"
if [ -n "$three" ]; then
    run 0 "three processes, one death, without starvation" "-DN=3 -DCRASHES=1 -DROUNDS=1 -DNOSTARVE" "$safety" -m400000
    run 0 "three processes, no death" "-DN=3 -DCRASHES=0 -DROUNDS=1" "$safety" -m400000
fi
while [ "${#running[@]}" -gt 0 ]; do
    await_first
done
[ "$failures" = 0 ]
