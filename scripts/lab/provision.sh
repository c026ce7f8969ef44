# shellcheck shell=bash disable=SC2034,SC2154 # names shared with the scripts that source this
# Making the domain: files, certificates, accounts, people; sourced, not run.
# Needs the variables of lab.sh, and common.sh.

write_names() {
    echo '127.0.0.1 localhost' >"$LAB/hosts"
    # The domain name too: in AD it stands for any of its DCs.
    each_controller eval 'echo "$ADDRESS $DC_NAME dc$NUMBER $DOMAIN"' >>"$LAB/hosts"
    each_controller eval 'echo "nameserver $ADDRESS"' >"$LAB/resolv.conf"
    echo "search $DOMAIN" >>"$LAB/resolv.conf"
    # Without canonicalisation the service name is ldap/ plus the host exactly as in the URI.
    cat >"$LAB/krb5.conf" <<END
[libdefaults]
    default_realm = $REALM
    dns_lookup_realm = false
    dns_lookup_kdc = false
    rdns = false
    dns_canonicalize_hostname = false
    udp_preference_limit = 1
    default_ccache_name = FILE:$LAB/krb5cc_%{uid}
[realms]
    $REALM = {
$(each_controller eval 'echo "        kdc = $ADDRESS"')
        admin_server = $ADDRESS
        kpasswd_server = $ADDRESS
    }
[domain_realm]
    .$DOMAIN = $REALM
    $DOMAIN = $REALM
END
}

# Replaces the one provision writes: that one forwards DNS queries to the host's resolver.
# No dnsupdate service (it would write DNS records for ever); few workers; no fsync, a lab may be lost.
write_smb_conf() {
    (cd "$D" && mkdir -p etc log run cache lock ncalrpc winbindd)
    cat >"$CONF" <<END
[global]
    netbios name = DC$NUMBER
    workgroup = CORP
    realm = $REALM
    server role = active directory domain controller
    interfaces = $ADDRESS/8
    bind interfaces only = yes
    disable netbios = yes
    dns forwarder =
    dns update command = /bin/true
    load printers = no
    printcap name = /dev/null
    log level = 1
    server services = s3fs, rpc, ldap, cldap, kdc, drepl, winbindd, kcc, dns
    ldap server require strong auth = yes
    posix:eadb = $D/private/eadb.tdb
    private dir = $D/private
    state directory = $D/state
    cache directory = $D/cache
    lock directory = $D/lock
    pid directory = $D/run
    ncalrpc dir = $D/ncalrpc
    winbindd socket directory = $D/winbindd
    binddns dir = $D/bind-dns
    prefork children = 1
    prefork children:ldap = 2
    dreplsrv:notify_interval = 1
    ldb:nosync = yes
[sysvol]
    path = $D/state/sysvol
    read only = No
[netlogon]
    path = $D/state/sysvol/$DOMAIN/scripts
    read only = No
END
}

write_authority() {
    local ca=$LAB/ca
    mkdir -p "$ca"
    (
        umask 077
        openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=adprov lab CA' -keyout "$ca/ca.key" -out "$ca/ca.pem" \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
    ) 2>&1
    chmod 755 "$ca"
    chmod 644 "$ca/ca.pem"
}

# Samba's own certificate has no subjectAltName, which most TLS stacks refuse.
write_certificate() {
    local ca=$LAB/ca tls=$D/private/tls
    mkdir -p "$tls"
    (
        umask 077
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$DC_NAME" -keyout "$tls/key.pem" -out "$ca/dc$NUMBER.csr"
        openssl x509 -req -in "$ca/dc$NUMBER.csr" -CA "$ca/ca.pem" -CAkey "$ca/ca.key" -CAcreateserial -days 825 \
            -out "$tls/cert.pem" \
            -extfile <(printf '%s\n' "subjectAltName=DNS:$DC_NAME,DNS:$DOMAIN,IP:$ADDRESS" \
                extendedKeyUsage=serverAuth basicConstraints=CA:FALSE)
        cp "$ca/ca.pem" "$tls/ca.pem"
    ) 2>&1
}

write_passwords() {
    mkdir -p "$SECRETS"
    write_secret "$SECRETS/administrator.password" "$(new_password)"
    write_secret "$SECRETS/$SERVICE_ACCOUNT.password" "$(new_password)"
}

write_env() {
    cat >"$LAB/env" <<END
ADPROV_LAB=$LAB
LAB_DOMAIN=$DOMAIN
LAB_REALM=$REALM
LAB_BASE_DN=$BASE_DN
LAB_ADDRESS=$ADDRESS
LAB_DC=$DC_NAME
LAB_CA_FILE=$LAB/ca/ca.pem
LAB_ADMIN_DN=$ADMIN_DN
LAB_ADMIN_PASSWORD_FILE=$SECRETS/administrator.password
LAB_SERVICE_USER=$SERVICE_ACCOUNT@$DOMAIN
LAB_SERVICE_DN=CN=$SERVICE_ACCOUNT,CN=Users,$BASE_DN
LAB_SERVICE_PASSWORD_FILE=$SECRETS/$SERVICE_ACCOUNT.password
LAB_KEYTAB=$KEYTAB
LAB_PRINCIPAL=$SERVICE_ACCOUNT@$REALM
LAB_KRB5_CONFIG=$LAB/krb5.conf
LAB_HOSTS_FILE=$LAB/hosts
LAB_NSS_WRAPPER=$(wrapper_library nss)
LAB_USERS=$users
LAB_GROUPS=$groups
LAB_OUS=$ous
LAB_CONTROLLERS=$(each_controller eval 'echo "$ADDRESS"' | paste -sd,)
END
}

provision() {
    rm -rf "$LAB"/dc[12] "$SECRETS" "$LAB/ca" "$KEYTAB" "$SNAPSHOT" "$LAB"/krb5cc_*
    say "provisioning $DOMAIN on $ADDRESS"
    write_names
    # --configfile keeps the host's smb.conf out, --targetdir all state in the lab.
    samba-tool domain provision --configfile=/dev/null --targetdir="$D" --realm="$REALM" --domain=CORP \
        --server-role=dc --host-name=dc1 --host-ip="$ADDRESS" --dns-backend=SAMBA_INTERNAL --backend-store=tdb \
        --option="interfaces=$ADDRESS/8" --option="bind interfaces only=yes" --option="posix:eadb=$D/private/eadb.tdb"
    write_smb_conf
    write_authority
    write_certificate
    write_passwords
    # Registers ldap/dc1...: without the dnsupdate service nobody else does, and GSSAPI fails.
    samba_spnupdate -s "$CONF"
    say "adding $users users, $groups groups"
    /usr/bin/python3 -B "$HERE/populate.py" --conf="$CONF" --secrets="$SECRETS" --users="$users" --groups="$groups" --ous="$ous"
    (umask 077; samba-tool domain exportkeytab "$KEYTAB" --principal="$SERVICE_ACCOUNT@$REALM" -s "$CONF")
    write_env
}

snapshot() {
    # Holds every secret of the domain, hence the mask.
    (umask 077; tar -C "$LAB" --warning=no-file-ignored --exclude='*/lock/msg.*' --exclude='*/run/*' -I 'zstd -3 -T0' -cf "$SNAPSHOT.part" \
        $(each_controller eval 'echo "dc$NUMBER"') "${SECRETS##*/}" "${KEYTAB##*/}")
    mv "$SNAPSHOT.part" "$SNAPSHOT"
}

restore_snapshot() {
    rm -rf "$LAB"/dc[12] "$SECRETS" "$KEYTAB" "$LAB"/krb5cc_*
    tar -C "$LAB" -I zstd -xf "$SNAPSHOT"
}
