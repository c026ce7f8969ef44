#!/usr/bin/env bash
# Installs the C libraries that adprov is built with. Does nothing, quickly, when they are there.
set -euo pipefail

packages=(libldap2-dev libsasl2-dev libkrb5-dev libsystemd-dev libsqlite3-dev libcurl4-openssl-dev libpcre2-dev libsasl2-modules-gssapi-mit
  ldap-utils pkg-config ca-certificates curl jq openssl python3-minimal socat)

missing=()
for package in "${packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "these packages are missing; as root: apt-get install ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}"
