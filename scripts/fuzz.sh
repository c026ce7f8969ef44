#!/usr/bin/env bash
# Gives the parsers of what comes from outside random inputs, and says for each target how many were run and how many
# crashed or broke a property. An input that did stays below Fuzzing/.build/findings; what the fuzzer learnt stays in
# Fuzzing/.build/corpus and is where the next run goes on.
#
# RUNS inputs for each target (1,000,000), TARGET for one target only, JOBS targets at a time (1). MEMORY=unchecked leaves
# the address sanitizer out: several times as many inputs a second, and still every trap of Swift and every property.
set -euo pipefail
cd "$(dirname "$0")/../Fuzzing"

runs=${RUNS:-1000000}
flags=(-c release --sanitize fuzzer -Xswiftc -enable-testing)
if [[ ${MEMORY:-checked} == unchecked ]]; then
  flags+=(--scratch-path .build/unchecked)
else
  # Both sanitizers in one option: of several the compiler takes the last one, and the package manager has no order for them.
  flags+=(-Xswiftc -sanitize=fuzzer,address)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build "${flags[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
program=$(swift build "${flags[@]}" --show-bin-path 2>/dev/null)/fuzz

fuzz() {
  local target=$1 size=$2 seeds=Seeds/$1 corpus=.build/corpus/$1 findings=.build/findings/$1
  [[ -d $seeds ]] || { echo "$target: has no seeds in Fuzzing/$seeds" >&2; return 1; }
  mkdir -p "$corpus" "$findings"
  # The backtracer of Swift would hang on a crashed fuzzer.
  local status=0 crashes=0
  FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no "$program" -runs="$RUNS" -max_len="$size" -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$findings/" "$corpus" "$seeds" >"$findings/log" 2>&1 || status=$?
  local done seconds
  done=$(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/log")
  seconds=$(sed -n 's/^Done .* runs in \([0-9]*\) second.*/\1/p' "$findings/log")
  if ((status != 0)); then crashes=1; fi
  # Without it the inputs are noise, and a run without findings says nothing.
  grep -aq 'INITED cov:' "$findings/log" || { echo "$target: is not instrumented for coverage" >&2; return 1; }
  printf '%-24s %10s inputs  %6s s  %s crashes\n' "$target" "${done:-?}" "${seconds:-?}" "$crashes"
  if ((status != 0)); then
    grep -a -m 3 -E 'Fatal error|ERROR: |artifact_prefix' "$findings/log" || true
    return 1
  fi
}
export -f fuzz
export RUNS=$runs program

targets=$(env -u FUZZ_TARGET "$program")
if [[ -n ${TARGET:-} ]]; then
  targets=$(grep "^$TARGET " <<<"$targets") || { echo "no such target: $TARGET" >&2; exit 2; }
fi
xargs -P "${JOBS:-1}" -L 1 bash -c 'fuzz "$@"' fuzz <<<"$targets"
