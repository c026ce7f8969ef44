#!/usr/bin/env bash
# The soak: see scripts/soak/soak.py. Arguments are passed on to it.
set -euo pipefail
cd "$(dirname "$0")/.."

export ADPROV_LAB=${ADPROV_SOAK_LAB:-/var/tmp/adprov-soak-lab}
export ADPROV_LAB_ADDRESS=${ADPROV_SOAK_ADDRESS:-127.0.0.16}
folder=${ADPROV_SOAK_FOLDER:-/var/tmp/adprov-soak}
export ADPROV_SCIM_RUN=$folder/scim ADPROV_SCIM_LOG=requests
bin=${ADPROV_BIN:-$(swift build --show-bin-path)}
finish() {
  scripts/lab/scim.sh down || true
  scripts/lab/lab.sh down || true
}
trap finish EXIT

scripts/lab/lab.sh install
scripts/lab/lab.sh up --users 60 --groups 12 --controllers 2
scripts/lab/lab.sh reset
scripts/lab/scim.sh install
scripts/lab/scim.sh down
scripts/lab/scim.sh up
/usr/bin/python3 -B scripts/soak/soak.py --lab "$ADPROV_LAB" --folder "$folder" --programs "$bin" "$@"
