#!/usr/bin/env bash
# Runs all tests against the lab of `make lab`, with a SCIM server of their own.
set -euo pipefail
cd "$(dirname "$0")/.."

export ADPROV_LAB=${ADPROV_LAB:-/var/tmp/adprov-lab} ADPROV_SCIM=${ADPROV_SCIM:-/var/tmp/adprov-scim}
export ADPROV_SCIM_RUN=${ADPROV_SCIM_RUN:-$ADPROV_SCIM/test}
scripts/lab/scim.sh up
trap 'scripts/lab/scim.sh down' EXIT
set -a
. "$ADPROV_LAB/env"
. "$ADPROV_SCIM_RUN/env"
set +a
export ADPROV_LAB_ENV=$ADPROV_LAB/env
# Kerberos needs the domain controller's name, which only this process's children shall know.
export LD_PRELOAD=$LAB_NSS_WRAPPER NSS_WRAPPER_HOSTS=$LAB_HOSTS_FILE KRB5_CONFIG=$LAB_KRB5_CONFIG

# One after the other: the first kind is many and quick, the second keeps every core busy, and the third starts daemons and
# servers and measures time.
swift test --skip EndToEndTests --skip SimulationTests --skip ADSimulatorTests "$@"
swift test --filter '^SimulationTests' "$@"
swift test --filter '^ADSimulatorTests' --no-parallel "$@"
swift test --filter EndToEndTests --no-parallel "$@"
