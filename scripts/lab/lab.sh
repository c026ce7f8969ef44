#!/bin/bash
# A real Active Directory domain, from Samba, on a loopback address of this host. See usage below.
set -euo pipefail

usage() {
    cat <<'END'
usage: lab.sh VERB ...

  install               Debian packages; starts no service of theirs
  up [--users N] [--groups N] [--ous N] [--controllers N]
                        a running domain with this population (200 users, 20 groups, 10 team OUs) and one DC, or
                        two that replicate; a lab that has it is only started, one that has another is made anew
  start                 starts the lab as it is, whatever its population
  down                  stops the DCs, keeps their state
  reset                 back to the state just after 'up', passwords and all. To a reader of changes this is a
                        restored DC: a DirSync cookie from before the reset is worthless, start without one
  destroy               stops the DCs and deletes the lab folder
  status                one line; exit 0 all running, 3 one is stopped, 4 no lab
  ready                 exit 0 when LDAPS and Kerberos of all DCs answer
  start-controller N    the DC of that number, 1 or 2
  stop-controller N
  replicate             makes each DC fetch now what it lacks from the other, and waits for it
  env                   prints the path of the KEY=VALUE file that describes the lab
  exec COMMAND...       COMMAND with these values, the lab's names, CA and Kerberos (service account's keytab)
  ldapmodify, ldapadd, ldapdelete, ldapmodrdn, ldapsearch, ldappasswd ...
                        OpenLDAP's tool of that name as Administrator over LDAPS

environment: ADPROV_LAB           folder, /var/tmp/adprov-lab
             ADPROV_LAB_ADDRESS   address in 127/8, 127.0.0.10, and the next one for a second DC; an existing lab
                                  keeps its own
             ADPROV_LAB_CONTROLLER  which DC ldapmodify and its like talk to, 1
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
. "$HERE/second.sh"

DOMAIN=corp.example.test
REALM=CORP.EXAMPLE.TEST
BASE_DN=DC=corp,DC=example,DC=test
ADMIN_DN=CN=Administrator,CN=Users,$BASE_DN
SERVICE_ACCOUNT=svc-adprov

LAB=${ADPROV_LAB:-/var/tmp/adprov-lab}
LAB=${LAB%/}
check_folder "$LAB"
SECRETS=$LAB/secrets
KEYTAB=$LAB/$SERVICE_ACCOUNT.keytab
SNAPSHOT=$LAB/snapshot.tar.zst
MARKER=$LAB/.adprov-lab   # says that the folder is a lab, so may be deleted; holds the address
COMPLETE=$LAB/population  # what 'up' has made, written when all of it stands

# usage: use_addresses FIRST - the first DC's; a second one has the next.
use_addresses() {
    [[ $1 =~ ^127(\.[0-9]{1,3}){3}$ ]] || die "not an address in 127/8: $1"
    ADDRESSES=('' "$1" "${1%.*}.$((${1##*.} + 1))")
}
use_addresses "$([[ -s $MARKER ]] && cat "$MARKER" || echo "${ADPROV_LAB_ADDRESS:-127.0.0.10}")"

# usage: use_controller N - which DC the scripts mean from now on: D, CONF, DC_NAME and ADDRESS are its own.
use_controller() {
    NUMBER=$1 D=$LAB/dc$1 CONF=$LAB/dc$1/etc/smb.conf DC_NAME=dc$1.$DOMAIN ADDRESS=${ADDRESSES[$1]}
}
use_controller 1
CONTROLLERS=1
[[ ! -d $LAB/dc2 ]] || CONTROLLERS=2

# usage: each_controller COMMAND... - the first failure is the result, as of a list with &&.
each_controller() {
    local number
    for ((number = 1; number <= CONTROLLERS; number++)); do
        use_controller "$number"
        "$@" || { use_controller 1; return 1; }
    done
    use_controller 1
}

need_lab() { [[ -s $COMPLETE ]] || die "no lab in $LAB; make one with: lab.sh up"; }

claim_folder() {
    [[ -e $MARKER || -z $(ls -A "$LAB") ]] || die "$LAB is not empty and not a lab"
    local address=${ADPROV_LAB_ADDRESS:-$ADDRESS}
    if [[ $address != "$ADDRESS" ]]; then
        each_controller dc_stop
        use_addresses "$address"
        use_controller 1
        rm -f "$COMPLETE"
    fi
    chmod 755 "$LAB"
    echo "$ADDRESS" >"$MARKER"
}

up() {
    # For write_env and provision, hence not local.
    users=200 groups=20 ous=10 controllers=1
    while (($#)); do
        [[ ${2:-} =~ ^[1-9][0-9]{0,5}$ ]] || die "$1 wants a number"
        case $1 in
            --users) users=$2 ;;
            --groups) groups=$2 ;;
            --ous) ous=$2 ;;
            --controllers) controllers=$2 ;;
            *) die "unknown option $1" ;;
        esac
        shift 2
    done
    ((groups >= 5)) || die "at least the five named groups"
    ((controllers <= 2)) || die "one or two controllers"
    need_root
    [[ -z $(missing_packages "${lab_packages[@]}") ]] || die "packages are missing; first: lab.sh install"
    take_lock "$LAB"
    claim_folder

    # The recipe belongs to it: a lab from an older version of these scripts is made anew.
    local population
    population="users=$users groups=$groups ous=$ous controllers=$controllers recipe=$(
        cd "$HERE" && cat provision.sh second.sh populate.py population.py | sha256sum | cut -c1-12
    )"
    if [[ ! -s $COMPLETE || $(<"$COMPLETE") != "$population" ]]; then
        each_controller dc_stop
        rm -f "$COMPLETE"
        # Not 'make || die': that would switch off set -e inside.
        trap 'say "provisioning failed; see $LAB/provision.log"' EXIT
        # shellcheck disable=SC2094 # both only write
        make_domain >"$LAB/provision.log" 2> >(tee -a "$LAB/provision.log" | grep "^${0##*/}:" >&2)
        trap - EXIT
        echo "$population" >"$COMPLETE"
    fi
    each_controller dc_start
    say "up: $(controller_names), described in $LAB/env"
}

make_domain() {
    CONTROLLERS=1
    provision
    # Samba finishes its files at the first start; a snapshot from after it starts faster.
    dc_start
    if ((controllers == 2)); then add_second_controller; fi
    each_controller first_logons
    if ((CONTROLLERS == 2)); then replicate_now; fi
    each_controller dc_stop
    snapshot
}

controller_names() { each_controller eval 'echo "$DC_NAME on $ADDRESS"' | paste -sd, | sed 's/,/, /g'; }

# A first logon writes lastLogonTimestamp, which DirSync reports: done before the snapshot, so that it is
# no unasked change in somebody's test.
first_logons() {
    local name
    for name in administrator "$SERVICE_ACCOUNT"; do
        LDAPTLS_CACERT=$LAB/ca/ca.pem ldapsearch -x -H "ldaps://$ADDRESS" -D "$name@$DOMAIN" \
            -y "$SECRETS/$name.password" -s base -b '' dn >/dev/null
    done
}

start() { need_root; need_lab; take_lock "$LAB"; each_controller dc_start; }

down() { need_root; [[ -d $D ]] || return 0; take_lock "$LAB"; each_controller dc_stop; }

# usage: one_controller COMMAND N - COMMAND for the DC of that number.
one_controller() {
    need_root
    need_lab
    [[ ${2:-} =~ ^[1-9]$ ]] && (($2 <= CONTROLLERS)) || die "this lab has $CONTROLLERS controllers, no number ${2:-}"
    take_lock "$LAB"
    use_controller "$2"
    "$1"
}

replicate() {
    need_lab
    ((CONTROLLERS == 2)) || die "this lab has one controller; make one with two: lab.sh up --controllers 2"
    replicate_now
}

reset() {
    need_root
    need_lab
    take_lock "$LAB"
    each_controller dc_stop
    restore_snapshot
    each_controller dc_start
}

destroy() {
    need_root
    [[ -e $LAB ]] || return 0
    [[ -f $MARKER ]] || die "$LAB is not a lab, it stays"
    take_lock "$LAB"
    each_controller dc_stop
    rm -rf "$LAB"
}

controller_state() {
    local pid
    if pid=$(dc_pid); then echo "running: $DC_NAME on $ADDRESS, pid $pid"; else echo "stopped: $DC_NAME on $ADDRESS"; fi
}

status() {
    if [[ ! -s $COMPLETE ]]; then
        echo "no lab in $LAB"
        return 4
    fi
    echo "$(each_controller controller_state | paste -sd';' | sed 's/;/; /g'), $(<"$COMPLETE")"
    each_controller dc_pid >/dev/null || return 3
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
    use_controller "${ADPROV_LAB_CONTROLLER:-1}"
    LDAPTLS_CACERT=$LAB/ca/ca.pem exec "$tool" -x -H "ldaps://$ADDRESS" -D "$ADMIN_DN" \
        -y "$SECRETS/administrator.password" "$@"
}

verb=${1:-help}
(($# == 0)) || shift
case $verb in
    install) install_packages "${lab_packages[@]}" ;;
    up | start | down | reset | destroy | status | replicate) "$verb" "$@" ;;
    start-controller) one_controller dc_start "$@" ;;
    stop-controller) one_controller dc_stop "$@" ;;
    ready) need_lab && each_controller dc_ready ;;
    env) need_lab && echo "$LAB/env" ;;
    exec) run "$@" ;;
    ldapmodify | ldapadd | ldapdelete | ldapmodrdn | ldapsearch | ldappasswd) as_administrator "$verb" "$@" ;;
    help | -h | --help) usage ;;
    *) usage >&2; exit 2 ;;
esac
