#!/bin/bash
# A real Active Directory domain, from Samba, on a loopback address of this host. See usage below.
set -euo pipefail

usage() {
    cat <<'END'
usage: lab.sh VERB ...

  install               Debian packages; starts no service of theirs
  up [--users N] [--groups N] [--ous N]
                        a running domain with this population (200 users, 20 groups, 10 team OUs);
                        a lab that has it is only started, one that has another is made anew
  start                 starts the lab as it is, whatever its population
  down                  stops the DC, keeps its state
  reset                 back to the state just after 'up', passwords and all. To a reader of changes this is a
                        restored DC: a DirSync cookie from before the reset is worthless, start without one
  destroy               stops the DC and deletes the lab folder
  status                one line; exit 0 running, 3 stopped, 4 no lab
  ready                 exit 0 when LDAPS and Kerberos answer
  env                   prints the path of the KEY=VALUE file that describes the lab
  exec COMMAND...       COMMAND with these values, the lab's names, CA and Kerberos (service account's keytab)
  ldapmodify, ldapadd, ldapdelete, ldapmodrdn, ldapsearch, ldappasswd ...
                        OpenLDAP's tool of that name as Administrator over LDAPS

environment: ADPROV_LAB           folder, /var/tmp/adprov-lab
             ADPROV_LAB_ADDRESS   address in 127/8, 127.0.0.10; an existing lab keeps its own
             ADPROV_LAB_NAMES     'preload' to do without mount namespaces
Labs with different folders and addresses do not disturb each other.
END
}

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$HERE/common.sh"
. "$HERE/install.sh"
. "$HERE/dc.sh"
. "$HERE/provision.sh"

DOMAIN=corp.example.test
REALM=CORP.EXAMPLE.TEST
BASE_DN=DC=corp,DC=example,DC=test
DC_NAME=dc1.$DOMAIN
ADMIN_DN=CN=Administrator,CN=Users,$BASE_DN
SERVICE_ACCOUNT=svc-adprov

LAB=${ADPROV_LAB:-/var/tmp/adprov-lab}
LAB=${LAB%/}
check_folder "$LAB"
D=$LAB/dc1
CONF=$D/etc/smb.conf
SECRETS=$LAB/secrets
KEYTAB=$LAB/$SERVICE_ACCOUNT.keytab
SNAPSHOT=$LAB/snapshot.tar.zst
MARKER=$LAB/.adprov-lab   # says that the folder is a lab, so may be deleted; holds the address
COMPLETE=$LAB/population  # what 'up' has made, written when all of it stands

ADDRESS=${ADPROV_LAB_ADDRESS:-127.0.0.10}
[[ ! -s $MARKER ]] || ADDRESS=$(<"$MARKER")
[[ $ADDRESS =~ ^127(\.[0-9]{1,3}){3}$ ]] || die "not an address in 127/8: $ADDRESS"

need_lab() { [[ -s $COMPLETE ]] || die "no lab in $LAB; make one with: lab.sh up"; }

claim_folder() {
    [[ -e $MARKER || -z $(ls -A "$LAB") ]] || die "$LAB is not empty and not a lab"
    local address=${ADPROV_LAB_ADDRESS:-$ADDRESS}
    if [[ $address != "$ADDRESS" ]]; then
        dc_stop
        ADDRESS=$address
        rm -f "$COMPLETE"
    fi
    chmod 755 "$LAB"
    echo "$ADDRESS" >"$MARKER"
}

up() {
    # For write_env and provision, hence not local.
    users=200 groups=20 ous=10
    while (($#)); do
        [[ ${2:-} =~ ^[1-9][0-9]{0,5}$ ]] || die "$1 wants a number"
        case $1 in
            --users) users=$2 ;;
            --groups) groups=$2 ;;
            --ous) ous=$2 ;;
            *) die "unknown option $1" ;;
        esac
        shift 2
    done
    ((groups >= 5)) || die "at least the five named groups"
    need_root
    [[ -z $(missing_packages "${lab_packages[@]}") ]] || die "packages are missing; first: lab.sh install"
    take_lock "$LAB"
    claim_folder

    # The recipe belongs to it: a lab from an older version of these scripts is made anew.
    local population
    population="users=$users groups=$groups ous=$ous recipe=$(cd "$HERE" && cat provision.sh populate.py population.py | sha256sum | cut -c1-12)"
    if [[ ! -s $COMPLETE || $(<"$COMPLETE") != "$population" ]]; then
        dc_stop
        rm -f "$COMPLETE"
        # Not 'provision || die': that would switch off set -e inside.
        trap 'say "provisioning failed; see $LAB/provision.log"' EXIT
        # shellcheck disable=SC2094 # both only write
        provision >"$LAB/provision.log" 2> >(tee -a "$LAB/provision.log" | grep "^${0##*/}:" >&2)
        trap - EXIT
        # Samba finishes its files at the first start; a snapshot from after it starts faster.
        dc_start
        first_logons
        dc_stop
        snapshot
        echo "$population" >"$COMPLETE"
    fi
    dc_start
    say "up: $DC_NAME on $ADDRESS, described in $LAB/env"
}

# A first logon writes lastLogonTimestamp, which DirSync reports: done before the snapshot, so that it is
# no unasked change in somebody's test.
first_logons() {
    local name
    for name in administrator "$SERVICE_ACCOUNT"; do
        LDAPTLS_CACERT=$LAB/ca/ca.pem ldapsearch -x -H "ldaps://$ADDRESS" -D "$name@$DOMAIN" \
            -y "$SECRETS/$name.password" -s base -b '' dn >/dev/null
    done
}

start() { need_root; need_lab; take_lock "$LAB"; dc_start; }

down() { need_root; [[ -d $D ]] || return 0; take_lock "$LAB"; dc_stop; }

reset() {
    need_root
    need_lab
    take_lock "$LAB"
    dc_stop
    restore_snapshot
    dc_start
}

destroy() {
    need_root
    [[ -e $LAB ]] || return 0
    [[ -f $MARKER ]] || die "$LAB is not a lab, it stays"
    take_lock "$LAB"
    dc_stop
    rm -rf "$LAB"
}

status() {
    local pid
    if [[ ! -s $COMPLETE ]]; then
        echo "no lab in $LAB"
        return 4
    elif pid=$(dc_pid); then
        echo "running: $DC_NAME on $ADDRESS, pid $pid, $(<"$COMPLETE")"
    else
        echo "stopped: $DC_NAME on $ADDRESS, $(<"$COMPLETE")"
        return 3
    fi
}

run() {
    need_lab
    set -a
    # shellcheck source=/dev/null
    . "$LAB/env"
    set +a
    export NSS_WRAPPER_HOSTS=$LAB_HOSTS_FILE KRB5_CONFIG=$LAB_KRB5_CONFIG LDAPTLS_CACERT=$LAB_CA_FILE
    export KRB5_CLIENT_KTNAME=FILE:$LAB_KEYTAB
    export KRB5CCNAME=${KRB5CCNAME:-MEMORY:adprov-lab} # no ticket outlives a reset
    export LD_PRELOAD=$LAB_NSS_WRAPPER${LD_PRELOAD:+ $LD_PRELOAD}
    exec "$@"
}

# By address, which the certificate names too: no preloaded library, so a few milliseconds less.
as_administrator() {
    need_lab
    local tool=$1
    shift
    LDAPTLS_CACERT=$LAB/ca/ca.pem exec "$tool" -x -H "ldaps://$ADDRESS" -D "$ADMIN_DN" \
        -y "$SECRETS/administrator.password" "$@"
}

verb=${1:-help}
(($# == 0)) || shift
case $verb in
    install) install_packages "${lab_packages[@]}" ;;
    up | start | down | reset | destroy | status) "$verb" "$@" ;;
    ready) need_lab && dc_ready ;;
    env) need_lab && echo "$LAB/env" ;;
    exec) run "$@" ;;
    ldapmodify | ldapadd | ldapdelete | ldapmodrdn | ldapsearch | ldappasswd) as_administrator "$verb" "$@" ;;
    help | -h | --help) usage ;;
    *) usage >&2; exit 2 ;;
esac
