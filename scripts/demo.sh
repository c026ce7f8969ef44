#!/usr/bin/env bash
# The main job from end to end: a real AD domain, the daemon, a real SCIM server and a file. Shows each step, checks what
# arrived, and ends with 0 only if all of it did. With --keep everything is left running, until --down.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/scratch-daemon.sh

mode=${1:-}

# A domain of its own: the tests' lab is not changed by the demo.
export ADPROV_LAB=${ADPROV_DEMO_LAB:-/var/tmp/adprov-demo-lab}
export ADPROV_LAB_ADDRESS=${ADPROV_DEMO_ADDRESS:-127.0.0.12}
work=${ADPROV_DEMO_FOLDER:-/var/tmp/adprov-demo}
export ADPROV_SCIM_RUN=$work/scim
bin=${ADPROV_BIN:-$(swift build --show-bin-path)}
export ADPROV_SOCKET=$work/control.sock
lab=scripts/lab/lab.sh
daemon=

if [ -t 1 ]; then bold=$(tput bold 2>/dev/null || true) plain=$(tput sgr0 2>/dev/null || true); else bold='' plain=''; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
note() { printf '  %s\n' "$*"; }

adprovctl() { "$bin/adprovctl" "$@"; }

failures=0
check() { # TEXT COMMAND...: a line of the summary
  local text=$1
  shift
  if "$@" >/dev/null 2>&1; then
    note "ok: $text"
  else
    note "FAILED: $text"
    failures=$((failures + 1))
  fi
}

# Also what an earlier demo left running.
stop_all() {
  local pid
  if [ -s "$work/adprovd.pid" ]; then
    pid=$(cat "$work/adprovd.pid")
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = adprovd ]; then
      kill "$pid"
      while [ -d "/proc/$pid" ] && [ "$(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null)" != Z ]; do sleep 0.1; done
    fi
    rm -f "$work/adprovd.pid"
  fi
  [ ! -d "$ADPROV_SCIM_RUN" ] || scripts/lab/scim.sh down
}

finish() {
  if [ "$mode" = --keep ] && [ -n "$daemon" ]; then
    say "Left running; stop it with: make demo-down"
    note "ADPROV_SOCKET=$ADPROV_SOCKET $bin/adprovctl status"
    note "tail -f $work/archive.jsonl $work/adprovd.log"
    note "ADPROV_LAB=$ADPROV_LAB scripts/lab/lab.sh ldapmodify < FILE"
    return
  fi
  stop_all
  $lab down || true
}
trap finish EXIT
[ "$mode" != --down ] || exit 0

scim() { # PATH: an answer of the SCIM server
  curl -fsS -G -H "Authorization: Bearer $(cat "$SCIM_TOKEN_FILE")" "$SCIM_ENDPOINT/$1" "${@:2}"
}
user() { scim Users --data-urlencode "filter=userName eq \"$1@corp.example.test\""; }
group() { scim Groups --data-urlencode "filter=displayName eq \"$1\""; }
in_file() { jq -es "any(.[]; $1)" "$work/archive.jsonl"; } # FILTER: some line of the file fits
run() { adprovctl restart "$1" --wait; }
both() { run cloud >/dev/null && run archive >/dev/null; }
change() { $lab ldapmodify >/dev/null; }

# ---------------------------------------------------------------------------------------------------------------------
say "1. A domain of 200 users, 20 groups and an OU tree; a SCIM server"
$lab install
$lab up --users 200 --groups 20
$lab reset
scripts/lab/scim.sh install
stop_all
rm -rf "$work"
mkdir -p "$work"
scripts/lab/scim.sh up
set -a
. "$ADPROV_LAB/env"
. "$ADPROV_SCIM_RUN/env"
set +a
base=$LAB_BASE_DN
note "domain controller $LAB_DC on $LAB_ADDRESS, SCIM server $SCIM_ENDPOINT"

say "2. The daemon, from a folder of its own"
write_settings "$work"
"$bin/adprovd" --config "$work/adprovd.toml" --check | sed 's/^/  /'
start_daemon "$bin" "$work"

say "3. Two configurations: everybody below OU=Lab to SCIM, one group's members to a file"
adprovctl config new cloud --notify iam-ops@example.com --ou "OU=Lab,$base" \
  --sink scim --endpoint "$SCIM_ENDPOINT" --token-file "$SCIM_TOKEN_FILE" | sed 's/^/  /'
adprovctl config new archive --group "CN=Nested Parent,OU=Groups,OU=Lab,$base" \
  --sink file --path "$work/archive.jsonl" | sed 's/^/  /'
adprovctl config check | sed 's/^/  /'
adprovctl config enable cloud | sed 's/^/  /'
adprovctl config enable archive | sed 's/^/  /'

say "4. The first run, which began when they were enabled"
run cloud >/dev/null
run archive >/dev/null
grep 'run ended' "$work/adprovd.log" | grep -v 'created=0' | cut -d' ' -f2- | sed 's/^/  /'
adprovctl status | sed 's/^/  /'
users=$(scim Users --data-urlencode count=1 | jq .totalResults)
groups=$(scim Groups --data-urlencode count=1 | jq .totalResults)
note "the SCIM server holds $users users and $groups groups; the file has $(wc -l <"$work/archive.jsonl") lines"
check "at least 200 users and 20 groups arrived" test "$users" -ge 200 -a "$groups" -ge 20

say "5. A run after a run asks nothing of the SCIM server"
before=$(wc -l <"$SCIM_ACCESS_LOG")
run cloud >/dev/null
check "no request in the server's log" test "$(wc -l <"$SCIM_ACCESS_LOG")" -eq "$before"

say "6. A new user, in a group"
change <<END
dn: CN=Ada Nowak,OU=Lab,$base
changetype: add
objectClass: user
sAMAccountName: anowak
userPrincipalName: anowak@corp.example.test
givenName: Ada
sn: Nowak
displayName: Ada Nowak
mail: ada.nowak@example.com
title: Engineer
userAccountControl: 544

dn: CN=Cloud Users,OU=Groups,OU=Lab,$base
changetype: modify
add: member
member: CN=Ada Nowak,OU=Lab,$base

dn: CN=Nested Grandchild,OU=Groups,OU=Lab,$base
changetype: modify
add: member
member: CN=Ada Nowak,OU=Lab,$base
END
both
ada=$(user anowak | jq -r '.Resources[0].id')
note "$(user anowak | jq -c '.Resources[0] | {id, userName, displayName, title, active}')"
check "the user is there" test "$ada" != null
check "and a member of Cloud Users" jq -e --arg id "$ada" '.Resources[0].members | any(.value == $id)' <(group "Cloud Users")
check "and in the file, through a group in a group in the scope group" grep -q '"userName":"anowak@' "$work/archive.jsonl"

say "7. A rename, seen after a restart asked for with curl"
change <<END
dn: CN=Ada Nowak,OU=Lab,$base
changetype: modrdn
newrdn: CN=Ada Lovelace
deleteoldrdn: 1

dn: CN=Ada Lovelace,OU=Lab,$base
changetype: modify
replace: displayName
displayName: Ada Lovelace
-
replace: sn
sn: Lovelace
END
curl -fsS --unix-socket "$ADPROV_SOCKET" -X POST "http://localhost/v1/configurations/cloud/restart?wait=true" |
  jq -c '.run | {id, reason, outcome, updated: .counts.updated}' | sed 's/^/  /'
run archive >/dev/null
check "the same account has the new name" test "$(scim "Users/$ada" | jq -r .displayName)" = "Ada Lovelace"
check "and the change is in the file" in_file '.action == "update" and (.changes | any(.path == "displayName" and .new == "Ada Lovelace"))'

say "8. She leaves: the account is disabled in AD"
change <<END
dn: CN=Ada Lovelace,OU=Lab,$base
changetype: modify
replace: userAccountControl
userAccountControl: 546
END
both
check "the cloud account is inactive" test "$(scim "Users/$ada" | jq .active)" = false
check "and the change is in the file" in_file '.action == "update" and (.changes | any(.path == "active" and .new == false))'

say "9. Kill the daemon in the middle of its work, start it again"
$lab ldapsearch -LLL -o ldif-wrap=no -b "OU=Lab,$base" "(sAMAccountName=u0001*)" title </dev/null |
  sed -nE 's/^(dn::? .*)$/\1\nchangetype: modify\nreplace: title\ntitle: Survivor\n/p' >"$work/changes.ldif"
change <"$work/changes.ldif"
adprovctl restart cloud >/dev/null
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
start_daemon "$bin" "$work"
run cloud >/dev/null
changed=$(grep -c '^dn:' "$work/changes.ldif")
check "all $changed changes arrived" test "$(scim Users --data-urlencode 'filter=title eq "Survivor"' --data-urlencode count=100 | jq .totalResults)" -eq "$changed"
check "and nobody is there twice" test "$(scim Users --data-urlencode count=1 | jq .totalResults)" -eq $((users + 1))

say "10. Health"
adprovctl health | sed 's/^/  /'
curl -sS --unix-socket "$ADPROV_SOCKET" http://localhost/v1/health | jq -c '{status}' | sed 's/^/  /'

say "Summary"
adprovctl status | sed 's/^/  /'
if [ "$failures" -eq 0 ]; then
  note "Everything arrived. $users users and $groups groups in $SECONDS s, domain and server included."
else
  note "$failures checks failed; the daemon's log is $work/adprovd.log"
  exit 1
fi
