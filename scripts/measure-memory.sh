#!/usr/bin/env bash
# Peak memory of the daemon (release build) in a first run of 5,000 users from a Samba domain of its own to a real SCIM
# server. Prints the figure and fails when it is above the limit.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/scratch-daemon.sh

users=${USERS:-5000}
limit_mb=${LIMIT_MB:-120}
export ADPROV_LAB=${ADPROV_MEMORY_LAB:-/var/tmp/adprov-memory-lab}
export ADPROV_LAB_ADDRESS=${ADPROV_MEMORY_ADDRESS:-127.0.0.13}
work=$(mktemp -d /tmp/adprov-memory-XXXXXX)
export ADPROV_SCIM_RUN=$work/scim ADPROV_SOCKET=$work/control.sock
bin=${ADPROV_BIN:-$(swift build -c release --show-bin-path)}
daemon=
finish() {
  [ -n "$daemon" ] && kill "$daemon" 2>/dev/null && wait "$daemon" || true
  scripts/lab/scim.sh down || true
  scripts/lab/lab.sh down || true
  rm -rf "$work"
}
trap finish EXIT

scripts/lab/lab.sh install
scripts/lab/lab.sh up --users "$users" --groups 100
scripts/lab/scim.sh install
scripts/lab/scim.sh up
set -a
. "$ADPROV_LAB/env"
. "$ADPROV_SCIM_RUN/env"
set +a

write_settings "$work"
cat >"$work/configurations.d/cloud.toml" <<END
domain = "$LAB_DOMAIN"
enabled = true
interval = "1h"
[scope]
mode = "organizational-units"
include = ["OU=Lab,$LAB_BASE_DN"]
[sink]
kind = "scim"
endpoint = "$SCIM_ENDPOINT"
token = { file = "$SCIM_TOKEN_FILE" }
END
start_daemon "$bin" "$work"
# Waits for the first run and one after it.
"$bin/adprovctl" restart cloud --wait
"$bin/adprovctl" status

peak_kb=$(awk '/^VmHWM/ {print $2}' "/proc/$daemon/status")
now_kb=$(awk '/^VmRSS/ {print $2}' "/proc/$daemon/status")
echo "first run of $users users: peak RSS $((peak_kb / 1024)) MB, after it $((now_kb / 1024)) MB (limit $limit_mb MB)"
[ "$((peak_kb / 1024))" -lt "$limit_mb" ]
