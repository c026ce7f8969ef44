"""Accounts, rights, policy and population of a freshly provisioned DC that does not run.

One process and one SamDB for all of it: each samba-tool call would cost half a second.
"""

import argparse
import pathlib

import ldb
from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB

from population import Population

SERVICE_ACCOUNT = "svc-adprov"
NEVER_EXPIRES = 0x10000
NORMAL_ACCOUNT = 0x200


def open_directory(conf):
    parameters = LoadParm()
    parameters.load(conf)
    # batch_mode: four times faster for one large transaction.
    return SamDB(
        url=parameters.samdb_url(),
        session_info=system_session(parameters),
        lp=parameters,
        flags=ldb.FLG_NOSYNC,
        options=["batch_mode:1"],
    )


def replace(sam, dn, attributes, controls=None):
    message = ldb.Message(ldb.Dn(sam, dn))
    for name, value in attributes.items():
        message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
    sam.modify(message, controls or [])


def relax_password_policy(sam):
    """A lab that is weeks old must still work, and tests may set the same password twice."""
    replace(sam, str(sam.domain_dn()), {"maxPwdAge": "0", "minPwdAge": "0", "pwdHistoryLength": "0"})


def set_administrator_password(sam, password):
    # Here and not by provision, whose only way to take a password is its command line.
    sam.setpassword("(sAMAccountName=Administrator)", password)


def create_service_account(sam, password):
    """A plain user: everything the agent reads with OBJECT_SECURITY, it may read as one."""
    realm = sam.domain_dns_name()
    dn = f"CN={SERVICE_ACCOUNT},CN=Users,{sam.domain_dn()}"
    sam.newuser(SERVICE_ACCOUNT, password)
    replace(
        sam,
        dn,
        {
            "userPrincipalName": f"{SERVICE_ACCOUNT}@{realm}",
            "userAccountControl": str(NORMAL_ACCOUNT | NEVER_EXPIRES),
            "description": "adprov: reads changes, nothing else",
        },
    )
    found = sam.search(dn, scope=ldb.SCOPE_BASE, attrs=["objectSid"])
    return sam.schema_format_value("objectSid", found[0]["objectSid"][0]).decode()


def let_read_deleted_objects(sam, sid):
    """The one right beyond a plain user's: without it, deletes are invisible to DirSync."""
    dn = f"CN=Deleted Objects,{sam.domain_dn()}"
    controls = ["show_deleted:1", "sd_flags:1:4"]
    found = sam.search(dn, scope=ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"], controls=controls)
    domain = security.dom_sid(sam.get_domain_sid())
    sddl = ndr_unpack(security.descriptor, found[0]["nTSecurityDescriptor"][0]).as_sddl(domain)
    access, audit, rest = sddl.partition("S:")
    sddl = f"{access}(A;CI;LCRPLORC;;;{sid}){audit}{rest}"
    descriptor = ndr_pack(security.descriptor.from_sddl(sddl, domain))
    replace(sam, dn, {"nTSecurityDescriptor": descriptor}, controls)


def fill(sam, population):
    for dn, attributes in population.objects():
        sam.add({"dn": dn, **attributes})
    for group, member in population.closing_links():
        message = ldb.Message(ldb.Dn(sam, group))
        message["member"] = ldb.MessageElement(member, ldb.FLAG_MOD_ADD, "member")
        sam.modify(message)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--conf", required=True)
    parser.add_argument("--secrets", required=True, type=pathlib.Path)
    for name in ("users", "groups", "ous"):
        parser.add_argument(f"--{name}", required=True, type=int)
    options = parser.parse_args()

    sam = open_directory(options.conf)
    sam.transaction_start()
    try:
        relax_password_policy(sam)
        set_administrator_password(sam, (options.secrets / "administrator.password").read_text())
        sid = create_service_account(sam, (options.secrets / f"{SERVICE_ACCOUNT}.password").read_text())
        let_read_deleted_objects(sam, sid)
        fill(sam, Population(str(sam.domain_dn()), options.users, options.groups, options.ous))
    except BaseException:
        sam.transaction_cancel()
        raise
    sam.transaction_commit()


if __name__ == "__main__":
    main()
