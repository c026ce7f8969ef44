# shellcheck shell=bash disable=SC2034,SC2154 # names shared with the scripts that source this
# Installing Debian packages without starting a single service of theirs; sourced, not run.
# Needs say and die from common.sh.

lab_packages=(
    samba samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind python3-samba ldb-tools
    ldap-utils krb5-user libsasl2-modules libsasl2-modules-gssapi-mit
    libnss-wrapper libresolv-wrapper
    openssl iproute2 procps zstd curl python3-venv
)
lab_units=(smbd nmbd winbind samba-ad-dc)

policy=/usr/sbin/policy-rc.d
policy_saved=$policy.before-adprov-lab
policy_mark='# placed by the adprov lab while it installs packages'

missing_packages() {
    local package
    for package in "$@"; do
        # The status, not the exit code: a removed package with configuration left also exits 0.
        [[ $(dpkg -s "$package" 2>/dev/null) == *'Status: install ok installed'* ]] || echo "$package"
    done
}

# Left behind, the policy would block service starts of every later package on the host.
restore_policy() {
    if [[ -e $policy_saved ]]; then
        mv -f "$policy_saved" "$policy"
    elif [[ -f $policy ]] && grep -qxF "$policy_mark" "$policy"; then
        rm -f "$policy"
    fi
}

block_services() {
    restore_policy # of an installation that was killed
    trap restore_policy EXIT
    [[ ! -e $policy ]] || mv "$policy" "$policy_saved"
    printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$policy"
    chmod 755 "$policy"
}

unit_exists() { [[ -e /lib/systemd/system/$1.service || -e /etc/init.d/$1 ]]; }

install_packages() {
    local missing unit new_units=()
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    [[ $EUID == 0 ]] || die "missing packages, root is needed: ${missing[*]}"

    # One at a time: two installers would save each other's policy as the host's.
    exec 8>/run/lock/adprov-lab-install
    flock 8
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    for unit in "${lab_units[@]}"; do
        unit_exists "$unit" || new_units+=("$unit")
    done
    say "installing ${missing[*]}"
    block_services
    apt-get update -qq -o DPkg::Lock::Timeout=300
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "${missing[@]}" 8>&- >&2
    restore_policy
    trap - EXIT

    # The policy stops starting, not enabling: without this they would start at the next boot.
    [[ -d /run/systemd/system ]] || return 0
    for unit in "${new_units[@]}"; do
        ! unit_exists "$unit" || systemctl disable --quiet "$unit" 2>/dev/null || say "could not disable $unit"
    done
}
