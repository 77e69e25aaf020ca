#!/usr/bin/env bash
# Shows that the tests notice what is taken out of the primitives. Each NAME.patch beside this script removes one fence,
# re-check, wake or repair; its second line names the test classes that ought to fail. Without arguments all of them are
# tried, else those whose names begin with an argument. A line "Flags:" adds flags of the JVM: where it sees one processor
# waiters do not spin, so races about falling asleep are met more often. First the tests must pass as things are, with the
# same flags.
#
#     toolkit/src/test/mutations/run.sh [--no-baseline] [PREFIX...]
#
# Prints a line for each, "killed" with the test that failed, "hung" or "SURVIVED", and ends with 1 if any survived that
# is not listed in survivors.txt. Works on copies only. Needs Maven, patch and a JDK; on Linux each run has process ids and
# a /dev/shm of its own where that is permitted. Takes some 15 minutes on an idle machine.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../../.." && pwd)
limit=${MUTATION_SECONDS:-240}
junit=1.14.1
baseline=yes
if [ "${1:-}" = --no-baseline ]; then
    baseline=
    shift
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
classes=$root/toolkit/target/classes
tests=$root/toolkit/target/test-classes

cd "$root"
maven() {
    mvn -q -B -pl toolkit "$@" </dev/null || exit 2
}
maven -DskipTests test-compile
maven dependency:build-classpath -Dmdep.outputFile="$scratch/classpath"
maven dependency:copy -Dartifact=org.junit.platform:junit-platform-console-standalone:$junit -DoutputDirectory="$scratch"
console=$scratch/junit-platform-console-standalone-$junit.jar
libraries=$(cat "$scratch/classpath")

mkdir -p "$scratch/listener/META-INF/services"
javac -d "$scratch/listener" -cp "$console" "$here/FailFast.java" || exit 2
echo FailFast >"$scratch/listener/META-INF/services/org.junit.platform.launcher.TestExecutionListener"

isolated=(env)
if unshare -m -p -f --mount-proc --kill-child true 2>/dev/null; then
    isolated=(unshare -m -p -f --mount-proc --kill-child bash -c 'mount -t tmpfs tmpfs /dev/shm; "$@"; exit $?' -)
fi
native=
if java --version | grep -qE '^[a-z]+ (2[2-9]|[3-9][0-9])'; then
    native=--enable-native-access=ALL-UNNAMED
fi

# Runs test classes with the classes of a directory before those of the project.
run_tests() {
    local first=$1 class selected=()
    shift
    for class in "$@"; do
        case $class in
        *.*) selected+=(--select-class "$class") ;;
        *) selected+=(--select-class "io.condatis.sync.$class") ;;
        esac
    done
    (cd toolkit && timeout -k 5 "$limit" "${isolated[@]}" java $flags --add-opens java.base/jdk.internal.misc=ALL-UNNAMED $native \
        -Dagrona.strict.alignment.checks=true -Dagrona.disable.bounds.checks=false \
        -Djunit.jupiter.execution.timeout.default='60 s' \
        -cp "$first:$classes:$tests:$libraries:$scratch/listener:$console" \
        org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=none --fail-if-no-tests \
        "${selected[@]}") >"$scratch/output" 2>&1
}

flags=
patches=()
for patch in "$here"/*.patch; do
    name=$(basename "$patch" .patch)
    for prefix in "${@:-}"; do
        if [[ $name == "$prefix"* ]]; then
            patches+=("$patch")
            break
        fi
    done
done

flags_of() {
    sed -n 's/^Flags: //p' "$1"
}

# Runs the tests of all patches with the same flags as things are, so that what fails later fails by the mutation.
run_baseline() {
    local patch selected=() all
    for patch in "${patches[@]}"; do
        if [ "$(flags_of "$patch")" = "$flags" ]; then
            selected+=("$patch")
        fi
    done
    all=$(sed -n 's/^Tests: //p' "${selected[@]}" | tr ' ' '\n' | sort -u)
    if ! run_tests "$classes" $all; then
        cat "$scratch/output"
        echo "The tests do not pass as things are${flags:+, with $flags}."
        exit 2
    fi
    echo "as it is${flags:+, with $flags}: all of $(echo "$all" | wc -l) test classes pass"
}

if [ -n "$baseline" ]; then
    limit=1200
    while IFS= read -r flags; do
        run_baseline
    done < <(for patch in "${patches[@]}"; do
        flags_of "$patch" | grep . || echo
    done | sort -u)
    limit=${MUTATION_SECONDS:-240}
fi

killed=0 hung=0 survived=0 unexpected=0
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    rm -rf "$scratch/tree" "$scratch/mutant"
    mkdir -p "$scratch/tree/toolkit/src" "$scratch/mutant"
    cp -r toolkit/src/main "$scratch/tree/toolkit/src/main"
    source=$(sed -n 's,^+++ b/,,p' "$patch")
    if ! patch -s -p1 -d "$scratch/tree" <"$patch" >/dev/null ||
        ! javac -nowarn -parameters --release 17 -d "$scratch/mutant" -cp "$classes:$libraries" "$scratch/tree/$source" 2>"$scratch/output"; then
        echo "$name: DOES NOT APPLY OR COMPILE: bring the patch up to date"
        unexpected=$((unexpected + 1))
        continue
    fi
    flags=$(flags_of "$patch")
    start=$SECONDS
    run_tests "$scratch/mutant" $(sed -n 's/^Tests: //p' "$patch")
    code=$?
    took=$((SECONDS - start))
    by=$(sed -n 's/^KILLED BY //p' "$scratch/output" | head -1 | sed "s/\].*[:#]/./")
    if [ "$code" = 0 ]; then
        survived=$((survived + 1))
        if grep -q "^$name:" "$here/survivors.txt"; then
            echo "$name: survived, as expected ($took s)"
        else
            echo "$name: SURVIVED ($took s)"
            unexpected=$((unexpected + 1))
        fi
    elif [ "$code" = 124 ] || [ "$code" = 137 ]; then
        hung=$((hung + 1))
        echo "$name: hung ($took s)"
    elif [ -n "$by" ]; then
        killed=$((killed + 1))
        echo "$name: killed by $by ($took s)"
    else
        killed=$((killed + 1))
        echo "$name: killed, exit code $code: $(tail -1 "$scratch/output") ($took s)"
    fi
done
echo "$killed killed, $hung hung, $survived survived, $unexpected unexpected"
[ "$unexpected" = 0 ]
