"""Random operations on two replicating domain controllers, while the daemon is killed and controllers stop; at
checkpoints the sinks must hold what the directory says. Prints what differs, and one line of figures.

An operation counts when it took effect; `refused` are those that did not, because the directory refused them or there was
nothing to do them to. `withdrawals` are deletes and disables in the sinks, each of which needs an operation before it;
`refused-forms` the requests that the SCIM server answered 400 and that were then made in another form, see sinks.py."""

import argparse
import pathlib
import random
import shutil
import sys
import time

from daemon import Daemon
from directory import Domain
from operations import Operations
from oracle import Live
from sinks import SCIM, FileContents


def env(path):
    return dict(line.split("=", 1) for line in pathlib.Path(path).read_text().splitlines())


FAULTS = ("divergences", "wrong-deletes", "duplicates", "not-quiet", "refusals")


class Soak:
    def __init__(self, options):
        self.options, self.random = options, random.Random(options.seed)
        lab, scim = env(f"{options.lab}/env"), env(f"{options.folder}/scim/env")
        self.domain = Domain(options.lab, lab)
        self.daemon = Daemon(options.programs, f"{options.folder}/daemon", lab, scim, self.domain.addresses)
        self.scim, self.file = SCIM(scim), FileContents(f"{options.folder}/daemon/archive.jsonl")
        self.operations = Operations(self.domain, self.random)
        self.counts = dict.fromkeys(
            ("operations", "kills", "stops", "stops-in-use", "checkpoints", "quiet-runs", "withdrawals", *FAULTS), 0
        )
        self.start_again_at = None

    def complain(self, kind, text):
        self.counts[kind] += 1
        print(f"{kind} at operation {self.counts['operations']}: {text}", flush=True)

    def go(self):
        options = self.options
        self.operations.set_up()
        self.daemon.start()
        self.checkpoint()
        steps = range(1, options.ops + 1)
        kills = set(self.random.sample(steps, options.kills))
        # Apart from one another, so that a controller is back before the next one stops.
        stride = options.ops // max(1, options.stops)
        stops = {n * stride + self.random.randint(1, max(1, stride // 2)) for n in range(options.stops)}
        for number in steps:
            self.counts["operations"] = number
            if number in stops:
                self.stop_controller(number, min(40, stride // 3))
            if number == self.start_again_at:
                self.domain.switch(self.domain.running.index(False), "start")
            running = [i for i, is_running in enumerate(self.domain.running) if is_running]
            self.operations.step(self.random.choice(running))
            if number in kills:
                self.kill()
            elif self.random.random() < 0.05:
                self.daemon.run(self.random.choice(["cloud", "archive"]), wait=False)
            if number % options.every == 0 or number == options.ops:
                self.checkpoint()

    def kill(self):
        self.daemon.run(self.random.choice(["cloud", "archive"]), wait=False)
        time.sleep(self.random.random() * 0.4)
        self.daemon.kill()
        self.counts["kills"] += 1
        self.daemon.start()

    def stop_controller(self, number, length):
        """The one in use half of the time; with changes on it that the daemon has seen and the other has perhaps not."""
        in_use = 1 if self.domain.addresses[1] in self.daemon.controller() or "dc2" in self.daemon.controller() else 0
        is_in_use = self.counts["stops"] % 2 == 0
        victim = in_use if is_in_use else 1 - in_use
        for _ in range(3):
            self.operations.step(victim)
        self.daemon.run("archive")
        self.domain.switch(victim, "stop")
        self.counts["stops"] += 1
        self.counts["stops-in-use"] += is_in_use
        self.start_again_at = number + max(1, length)

    # Checkpoints

    def checkpoint(self):
        self.counts["checkpoints"] += 1
        for index, is_running in enumerate(self.domain.running):
            if not is_running:
                self.domain.switch(index, "start")
        self.start_again_at = None
        live = self.agreement()
        differences = ["never compared"]
        deadline = time.monotonic() + self.options.patience
        while differences and time.monotonic() < deadline:
            runs = self.run_all()
            # Again each time: an account may expire meanwhile.
            live = Live(self.domain, 0)
            differences = [f"run: {r.get('detail')}" for r in runs if r.get("outcome") != "success"] + self.compare(live)
        for difference in differences[:20]:
            self.complain("divergences", difference)
        self.demand_quiet()
        self.judge_withdrawals()

    def demand_quiet(self):
        """One more run asks the sinks nothing at all. An account that expires meanwhile makes it void, and there is another."""
        for _ in range(20):
            before = Live(self.domain, 0).key()
            self.run_all()
            asked, size = len(self.scim.requests()), self.file.path.stat().st_size
            runs = self.run_all()
            requests, written = self.scim.requests()[asked:], self.file.path.read_bytes()[size:].decode()
            if Live(self.domain, 0).key() != before:
                continue
            self.counts["quiet-runs"] += len(runs)
            if any(run.get("outcome") != "success" for run in runs):
                self.complain("not-quiet", f"a run after a run failed: {runs}")
            if requests or written:
                self.complain("not-quiet", f"a run after a run asked a sink: {requests[:5]} {written[:1000]}")
            return
        self.complain("not-quiet", "something expired in each of 20 runs")

    def run_all(self):
        return [self.daemon.run(name) for name in ("cloud", "archive")]

    def agreement(self):
        for _ in range(20):
            self.domain.replicate()
            first, second = Live(self.domain, 0), Live(self.domain, 1)
            if first.key() == second.key():
                self.operations.written.clear()
                return first
            time.sleep(0.5)
        self.complain("divergences", f"the controllers do not agree: {self.disagreement(first, second)}")
        return first

    @staticmethod
    def disagreement(first, second):
        return [
            (guid, part, getattr(first, part).get(guid), getattr(second, part).get(guid))
            for part in ("resources", "dns", "members")
            for guid in getattr(first, part).keys() | getattr(second, part).keys()
            if getattr(first, part).get(guid) != getattr(second, part).get(guid)
        ][:5]

    def compare(self, live):
        found = []
        resources, memberships, duplicates = self.scim.contents()
        if duplicates:
            self.complain("duplicates", f"{duplicates} resources of the SCIM server share an externalId")
        scope = live.in_scope(f"OU=SoakIn,{self.domain.base}")
        found += self.differences("cloud", live, scope, resources, memberships)
        self.note(self.file.read())
        scope = live.in_scope()
        users_and_groups = {g: r for g, r in self.file.resources.items() if g in scope}
        found += self.differences("archive", live, scope, users_and_groups, self.file.memberships)
        found += [
            f"archive: {guid} left and is still active"
            for guid, resource in self.file.resources.items()
            if guid not in scope and self.file.kinds[guid] == "user" and resource.get("active") is not False
        ]
        return found

    @staticmethod
    def differences(name, live, scope, resources, memberships):
        wanted = {guid: live.resources[guid] for guid in scope}
        found = [f"{name}: lacks {live.dns[g]} {g}" for g in wanted.keys() - resources.keys()]
        found += [f"{name}: holds {g} {live.dns.get(g, 'not live')}" for g in resources.keys() - wanted.keys()]
        for guid in wanted.keys() & resources.keys():
            for path in wanted[guid].keys() | resources[guid].keys():
                want, have = wanted[guid].get(path), resources[guid].get(path)
                if want != have:
                    found.append(f"{name}: {path} of {live.dns[guid]} is {have!r}, not {want!r}")
        links = live.memberships(scope)
        found += [f"{name}: lacks member {m} of {g}" for g, m in links - memberships]
        return found + [f"{name}: has member {m} of {g}" for g, m in memberships - links]

    # Wrong withdrawals

    pending = ()
    # What an operation must have done before a sink may take something away.
    ENOUGH = {
        ("cloud", "left"): ["left"], ("cloud", "inactive"): ["inactive"],
        ("archive", "left"): ["gone"], ("archive", "inactive"): ["inactive", "gone"],
    }

    def note(self, withdrawals):
        self.pending = [*self.pending, *(("archive", *withdrawal) for withdrawal in withdrawals)]

    def judge_withdrawals(self):
        """Nothing is deleted or disabled that no operation took out or disabled, and nothing before one did."""
        self.note(self.file.read())
        requests, withdrawals = self.scim.news()
        for sink, when, guid, done in [*self.pending, *(("cloud", *withdrawal) for withdrawal in withdrawals)]:
            self.counts["withdrawals"] += 1
            evidence = [self.operations.taken_out(guid, what) for what in self.ENOUGH[sink, done]]
            if not any(taken is not None and taken - 0.001 <= when for taken in evidence):
                self.complain("wrong-deletes", f"{sink}: {guid} {done} at {when}, evidence since {evidence}")
        for request in self.scim.unexplained(requests):
            self.complain("refusals", f"the SCIM server refuses {request}")
        self.refused_forms += sum(request["status"] == 400 for request in requests)
        self.pending = []
        self.operations.new_window()

    refused_forms = 0


def main():
    parser = argparse.ArgumentParser()
    for name in ("lab", "folder", "programs"):
        parser.add_argument(f"--{name}", required=True)
    for name, default in (("ops", 2000), ("kills", 30), ("stops", 10), ("seed", 1), ("every", 200), ("patience", 90)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    shutil.rmtree(f"{options.folder}/daemon", ignore_errors=True)
    soak, started = Soak(options), time.monotonic()
    try:
        soak.go()
    finally:
        if soak.daemon.process:
            soak.daemon.kill()
    operations = soak.operations
    # Those on a controller just before it stops included, what it began with not.
    soak.counts["operations"] = sum(operations.done.values())
    print("done:", operations.done)
    print("refused:", operations.refused)
    figures = {
        **soak.counts, "refused": sum(operations.refused.values()), "refused-forms": soak.refused_forms, "seed": options.seed
    }
    print("soak:", " ".join(f"{k}={v}" for k, v in figures.items()), f"seconds={time.monotonic() - started:.0f}")
    sys.exit(any(soak.counts[fault] for fault in FAULTS))


if __name__ == "__main__":
    main()
