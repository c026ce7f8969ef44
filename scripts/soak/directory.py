"""The domain as the soak sees it: one LDAPS connection a DC, as Administrator, and replication on demand."""

import pathlib
import subprocess
import sys

import ldb
import samba
from samba.credentials import DONT_USE_KERBEROS, Credentials
from samba.ndr import ndr_unpack
from samba.dcerpc import misc, security

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lab"))
import replicate  # noqa: E402


def guid_of(value):
    return str(ndr_unpack(misc.GUID, value))


def sid_of(value):
    return str(ndr_unpack(security.dom_sid, value))


class Domain:
    def __init__(self, lab, environment):
        self.lab, self.base = lab, environment["LAB_BASE_DN"]
        self.addresses = environment["LAB_CONTROLLERS"].split(",")
        self.parameters = replicate.parameters_of(pathlib.Path(lab) / "dc1/etc/smb.conf")
        self.parameters.set("tls verify peer", "ca_and_name_if_available")
        self.parameters.set("tls cafile", environment["LAB_CA_FILE"])
        password = pathlib.Path(environment["LAB_ADMIN_PASSWORD_FILE"]).read_text()
        self.simple = Credentials()
        self.simple.guess(self.parameters)
        self.simple.set_kerberos_state(DONT_USE_KERBEROS)
        self.simple.set_bind_dn(environment["LAB_ADMIN_DN"])
        self.simple.set_password(password)
        self.secure = replicate.administrator(self.parameters, password)
        self.connections, self.pair, self.running = {}, None, [True, True]

    def connection(self, index):
        if index not in self.connections:
            self.connections[index] = samba.Ldb(
                f"ldaps://{self.addresses[index]}", lp=self.parameters, credentials=self.simple
            )
        return self.connections[index]

    def switch(self, index, verb):
        subprocess.run(
            [HERE.parent / "lab/lab.sh", f"{verb}-controller", str(index + 1)], check=True, capture_output=True
        )
        self.running[index] = verb == "start"
        self.connections.pop(index, None)
        self.pair = None

    def replicate(self):
        if not all(self.running):
            return
        for attempt in range(5):
            try:
                if self.pair is None:
                    self.pair = replicate.Pair(
                        *(replicate.Controller(a, self.parameters, self.secure) for a in self.addresses)
                    )
                self.pair.replicate([self.base])
                return
            except Exception:
                self.pair = None
                if attempt == 4:
                    raise
                subprocess.run(["sleep", "1"], check=True)

    def highest_usn(self, index):
        return int(str(self.connection(index).search("", ldb.SCOPE_BASE, None, ["highestCommittedUSN"])[0]["highestCommittedUSN"]))

    def search(self, index, expression, attributes, base=None, controls=()):
        return self.connection(index).search(
            base or self.base, ldb.SCOPE_SUBTREE, expression, attributes, controls=list(controls)
        )
