"""adprovd as a child process, and adprovctl."""

import json
import pathlib
import subprocess
import time


class Daemon:
    def __init__(self, programs, folder, environment, scim_environment, addresses):
        self.programs, self.folder, self.process = pathlib.Path(programs), pathlib.Path(folder), None
        (self.folder / "configurations.d").mkdir(parents=True, mode=0o700)
        self.folder.chmod(0o700)
        names = ", ".join(f'"{address}"' for address in addresses)
        (self.folder / "adprovd.toml").write_text(f"""configurations-folder = "configurations.d"
state-folder = "state"
[[domain]]
name = "{environment['LAB_DOMAIN']}"
controllers = [{names}]
security = "ldaps"
ca-file = "{environment['LAB_CA_FILE']}"
[domain.authentication]
method = "password"
user = "{environment['LAB_SERVICE_USER']}"
password = {{ file = "{environment['LAB_SERVICE_PASSWORD_FILE']}" }}
[control]
socket = "control.sock"
own-user = "operator"
""")
        top = f'domain = "{environment["LAB_DOMAIN"]}"\nenabled = true\ninterval = "10s"\n'
        (self.folder / "configurations.d/cloud.toml").write_text(
            top + f"[scope]\nmode = \"organizational-units\"\ninclude = ['OU=SoakIn,{environment['LAB_BASE_DN']}']\n"
            f'[sink]\nkind = "scim"\non-leave-scope = "delete"\nendpoint = "{scim_environment["SCIM_ENDPOINT"]}"\n'
            f'token = {{ file = "{scim_environment["SCIM_TOKEN_FILE"]}" }}\n'
            # Nobody is there to approve what a small domain loses at once.
            "[guard]\nenabled = false\n"
        )
        (self.folder / "configurations.d/archive.toml").write_text(
            top + f'[scope]\nmode = "all"\n[sink]\nkind = "file"\npath = "{self.folder}/archive.jsonl"\n'
            "[guard]\nenabled = false\n"
        )

    def start(self):
        with open(self.folder / "adprovd.log", "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "adprovd", "--config", self.folder / "adprovd.toml"],
                stderr=log, stdout=log, stdin=subprocess.DEVNULL,
            )
        for _ in range(300):
            if self.ctl("status").returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"adprovd does not start; see {self.folder}/adprovd.log")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def ctl(self, *arguments):
        return subprocess.run(
            [self.programs / "adprovctl", *arguments, "--socket", self.folder / "control.sock"],
            capture_output=True, text=True, timeout=300,
        )

    def run(self, name, wait=True):
        answer = self.ctl("restart", name, "--json", *(["--wait"] if wait else []))
        try:
            return json.loads(answer.stdout).get("run") or {}
        except ValueError:
            return {"outcome": "failure", "detail": answer.stdout + answer.stderr}

    def controller(self):
        answer = self.ctl("status", "--json")
        return json.loads(answer.stdout)["domains"][0].get("controller") or "" if answer.returncode == 0 else ""
