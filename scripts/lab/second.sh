# shellcheck shell=bash disable=SC2034,SC2154 # names shared with the scripts that source this
# A second, replicating domain controller for a domain whose first one runs; sourced, not run.
# Needs the variables of lab.sh, and common.sh, dc.sh and provision.sh.

# The password from a file: samba-tool's options would show it to everybody.
as_domain_administrator() { (export PASSWD_FILE=$SECRETS/administrator.password; with_lab_names "$@"); }

add_second_controller() {
    CONTROLLERS=2
    # With both in them, before anything looks for the second: a name once missed is not asked for again.
    write_names
    use_controller 2
    say "joining $DC_NAME on $ADDRESS"
    as_domain_administrator samba-tool domain join "$DOMAIN" DC -U Administrator --server="dc1.$DOMAIN" \
        --configfile=/dev/null --targetdir="$D" --realm="$REALM" --dns-backend=SAMBA_INTERNAL --backend-store=tdb \
        --option="netbios name=DC$NUMBER" --option="interfaces=$ADDRESS/8" --option="bind interfaces only=yes" \
        --option="posix:eadb=$D/private/eadb.tdb"
    write_smb_conf
    write_certificate
    samba_spnupdate -s "$CONF"
    add_names_to_dns
    dc_start
    use_controller 1
    write_env
    replicate_now
}

# For a loopback address the join itself adds none. Replication finds its partner by objectGUID of its NTDS settings.
add_names_to_dns() {
    local settings
    settings=$(/usr/bin/python3 -B "$HERE/replicate.py" --conf="$CONF" --settings-guid)
    as_domain_administrator samba-tool dns add "dc1.$DOMAIN" "$DOMAIN" "dc$NUMBER" A "$ADDRESS" -U Administrator
    as_domain_administrator samba-tool dns add "dc1.$DOMAIN" "_msdcs.$DOMAIN" "$settings" CNAME "$DC_NAME" -U Administrator
    local zone name port
    while read -r zone name port; do
        as_domain_administrator samba-tool dns add "dc1.$DOMAIN" "$zone" "$name" SRV "$DC_NAME $port 0 100" -U Administrator
    done <<END
$DOMAIN _ldap._tcp 389
$DOMAIN _kerberos._tcp 88
_msdcs.$DOMAIN _ldap._tcp.dc 389
_msdcs.$DOMAIN _kerberos._tcp.dc 88
END
}

replicate_now() {
    /usr/bin/python3 -B "$HERE/replicate.py" --conf="$LAB/dc1/etc/smb.conf" \
        --password-file="$SECRETS/administrator.password" "${ADDRESSES[1]}" "${ADDRESSES[2]}"
}
