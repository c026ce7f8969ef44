# shellcheck shell=bash disable=SC2034,SC2154 # names shared with the scripts that source this
# What the lab scripts share; sourced, not run.

say() { echo "${0##*/}: $*" >&2; }
die() { say "$@"; exit 1; }

need_root() { [[ $EUID == 0 ]] || die "this verb needs root"; }

# Plain KEY=VALUE files cannot quote, and smb.conf and OpenSSL have their own ideas of special characters.
check_folder() {
    [[ $1 =~ ^/[A-Za-z0-9._/-]+$ && $1 != *..* ]] || die "not a usable folder: $1"
}

# usage: take_lock FOLDER - held by this process on descriptor 9 until it ends.
# The folder itself is the lock, so nothing is left beside it; it may be deleted while we wait.
take_lock() {
    while mkdir -p "$1"; exec 9<"$1"; flock 9; [[ ! /proc/self/fd/9 -ef $1 ]]; do :; done
}

# A random password that passes the directory's complexity rule.
new_password() { echo "Lab-$(head -c 15 /dev/urandom | base64 | tr '+/' 'xy')7"; }

# usage: write_secret FILE VALUE - no newline: OpenLDAP's -y takes every byte.
write_secret() { (umask 077; printf %s "$2" >"$1"); }

# A server in the background must not keep its caller's descriptors: who waits for them to close would wait for ever.
close_inherited() {
    local fd
    for fd in /proc/self/fd/*; do
        fd=${fd##*/}
        ((fd <= 2)) || eval "exec $fd>&-"
    done
}
