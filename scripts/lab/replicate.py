"""Replication between the lab's domain controllers, on demand: what `samba-tool drs replicate` does, for all naming
contexts and both directions in one process. Also a module for programs that replicate often."""

import argparse
import pathlib

import ldb
from samba import drs_utils
from samba.auth import system_session
from samba.credentials import Credentials
from samba.dcerpc import drsuapi
from samba.param import LoadParm
from samba.samdb import SamDB


def parameters_of(conf):
    parameters = LoadParm()
    parameters.load(str(conf))
    return parameters


def administrator(parameters, password):
    credentials = Credentials()
    credentials.guess(parameters)
    credentials.set_username("Administrator")
    credentials.set_password(password)
    return credentials


class Controller:
    """One DC, reached by its address. Connections are made when needed: a DC may be stopped and started meanwhile."""

    def __init__(self, address, parameters, credentials):
        self.address, self.parameters, self.credentials = address, parameters, credentials
        self.rpc = None

    def connect(self):
        if self.rpc is None:
            self.rpc, self.handle, _ = drs_utils.drsuapi_connect(self.address, self.parameters, self.credentials)
        return self.rpc

    def identify(self):
        """The objectGUID of its NTDS settings, by which its partners know it, and its naming contexts."""
        sam = SamDB(f"ldap://{self.address}", lp=self.parameters, credentials=self.credentials)
        root = sam.search("", ldb.SCOPE_BASE, attrs=["dsServiceName", "namingContexts"])[0]
        settings = sam.search(str(root["dsServiceName"][0]), ldb.SCOPE_BASE, attrs=["objectGUID"])[0]
        guid = sam.schema_format_value("objectGUID", settings["objectGUID"][0]).decode()
        return guid, [str(context) for context in root["namingContexts"]]

    def fetch(self, source_guid, contexts):
        """Returns when all that the source has by now is here."""
        self.connect()
        for context in contexts:
            try:
                drs_utils.sendDsReplicaSync(
                    self.rpc, self.handle, source_guid, context, drsuapi.DRSUAPI_DRS_WRIT_REP
                )
            except Exception:
                self.rpc = None
                raise


class Pair:
    def __init__(self, first, second):
        self.controllers = (first, second)
        self.known = [controller.identify() for controller in self.controllers]

    def replicate(self, contexts=None):
        """Twice the first direction: what the second brought may need an answer (a conflict resolved there)."""
        for target, source in ((0, 1), (1, 0), (0, 1)):
            guid, all_contexts = self.known[source]
            self.controllers[target].fetch(guid, contexts or all_contexts)


def settings_guid(conf):
    """Of the DC whose smb.conf that is, read from its files."""
    parameters = parameters_of(conf)
    sam = SamDB(url=parameters.samdb_url(), session_info=system_session(parameters), lp=parameters)
    return sam.get_ntds_GUID()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--conf", required=True)
    parser.add_argument("--settings-guid", action="store_true")
    parser.add_argument("--password-file", type=pathlib.Path)
    parser.add_argument("addresses", nargs="*")
    options = parser.parse_args()
    if options.settings_guid:
        print(settings_guid(options.conf))
        return
    parameters = parameters_of(options.conf)
    credentials = administrator(parameters, options.password_file.read_text())
    Pair(*(Controller(address, parameters, credentials) for address in options.addresses)).replicate()


if __name__ == "__main__":
    main()
