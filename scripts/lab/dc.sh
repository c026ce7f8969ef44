# shellcheck shell=bash disable=SC2034,SC2154 # names shared with the scripts that source this
# The domain controller as a process: start, wait, stop; sourced, not run.
# Needs LAB, ADDRESS, D, CONF, DC_NAME from lab.sh, and say and die from common.sh.

# Its pid, if it is ours: the file may be old and the number in other hands, such as another lab's DC.
dc_pid() {
    local pid
    [[ -s $D/run/samba.pid ]] || return 1
    pid=$(tr -cd 0-9 <"$D/run/samba.pid")
    [[ -n $pid && /proc/$pid/cwd -ef $D && $(<"/proc/$pid/comm") == samba* ]] || return 1
    echo "$pid"
}

# All preloaded names: nss_wrapper answers for hosts, resolv_wrapper for SRV records.
wrapper_library() { dpkg -L "lib$1-wrapper" | grep -m1 "/lib$1_wrapper\.so\$"; }

may_use_namespaces() {
    [[ ${ADPROV_LAB_NAMES:-} != preload ]] && unshare -m -u sh -c 'mount --bind /etc/hosts /etc/hosts' 2>/dev/null
}

# usage: with_lab_names COMMAND... - replaces this (sub)shell by COMMAND, for which the lab's names are the host's.
with_lab_names() {
    export KRB5_CONFIG=$LAB/krb5.conf
    if may_use_namespaces; then
        # shellcheck disable=SC2016 # the inner shell expands
        exec unshare -m -u sh -c '
            hostname "$1"
            mount --bind "$2/hosts" /etc/hosts
            mount --bind "$2/resolv.conf" /etc/resolv.conf
            shift 2
            exec "$@"' _ "$DC_NAME" "$LAB" "$@"
    fi
    export NSS_WRAPPER_HOSTS=$LAB/hosts RESOLV_WRAPPER_CONF=$LAB/resolv.conf
    LD_PRELOAD="$(wrapper_library nss) $(wrapper_library resolv)" exec "$@"
}

dc_ready() {
    LDAPTLS_CACERT=$LAB/ca/ca.pem ldapsearch -o nettimeout=1 -LLL -x -H "ldaps://$ADDRESS" -s base -b '' isSynchronized \
        2>/dev/null | grep -qx 'isSynchronized: TRUE' || return 1
    # Another process than LDAP's, and sometimes later.
    (exec 3<>"/dev/tcp/$ADDRESS/88") 2>/dev/null
}

dc_start() {
    ! dc_pid >/dev/null || return 0
    rm -f "$D"/run/*.pid
    local job deadline=$((SECONDS + 60))
    # The working directory is how dc_pid knows it again.
    (cd "$D" && close_inherited && with_lab_names setsid samba -F --no-process-group -s "$CONF" --debug-stdout) \
        </dev/null >"$D/log/samba.out" 2>&1 &
    job=$!
    disown "$job"
    until dc_ready; do
        if ! kill -0 "$job" 2>/dev/null || ((SECONDS > deadline)); then
            tail -n 20 "$D/log/samba.out" >&2
            die "the DC on $ADDRESS does not come up; its log is $D/log/samba.out"
        fi
        sleep 0.1
    done
}

dc_stop() {
    local pid deadline=$((SECONDS + 20))
    pid=$(dc_pid) || return 0
    kill "$pid"
    # The whole session, since smbd and winbindd are processes of it; without the dead that init has yet to reap.
    # shellcheck disable=SC2009 # pgrep cannot leave those out by session
    while ps -s "$pid" -o stat= | grep -qv '^Z'; do
        ((SECONDS <= deadline)) || die "the DC (pid $pid) does not stop"
        sleep 0.05
    done
}
