"""Seeded random operations on the domain, all below OU=SoakIn (in the cloud's scope) and OU=SoakOut (not)."""

import time

import ldb

from directory import guid_of, sid_of

USERS_AND_GROUPS = "(|(objectClass=group)(&(objectClass=user)(!(objectClass=computer))))"
UNIVERSAL = "-2147483640"
WORDS = "Łukasz Søren Zoë D'Arcy Müller Núñez Dvořák Smith Chen Żak Okafor Brontë".split()
FREE = "displayName givenName sn title telephoneNumber mobile streetAddress l st postalCode employeeID department company division".split()


class Operations:
    def __init__(self, domain, random):
        self.domain, self.random, self.counter = domain, random, 0
        self.tops = [f"OU={name},{domain.base}" for name in ("SoakIn", "SoakOut")]
        self.tombstones, self.written, self.dirty = [], {}, False
        # (guid, what was done) → when an operation first did it in this window; what: "gone" from the directory, "left" the
        # cloud's scope, "inactive".
        self.evidence = {}
        # Object or unit → the parents it had in this window, on either DC: what is put into a unit on one goes along when
        # the unit is moved on the other.
        self.parents = {}
        self.refused, self.done, self.expiring = {}, {}, set()

    def set_up(self):
        connection = self.domain.connection(0)
        for top in self.tops:
            connection.add({"dn": top, "objectClass": "organizationalUnit"})
        for _ in range(40):
            self.create_user(0)
        for _ in range(10):
            self.create_group(0)
        for _ in range(4):
            self.create_unit(0)

    def step(self, index):
        """Random operations until one takes effect."""
        while True:
            name, operation = self.random.choices(
                [(o.__name__, o) for o, _ in self.table()], [weight for _, weight in self.table()]
            )[0]
            before = self.domain.highest_usn(index)
            evidence = dict(self.evidence)
            try:
                operation(index)
                if self.domain.highest_usn(index) == before:
                    raise LookupError("no effect")
                self.done[name] = self.done.get(name, 0) + 1
                return
            except (ldb.LdbError, LookupError) as error:
                self.evidence = evidence
                key = f"{name}: {error.args[0] if isinstance(error, ldb.LdbError) else error}"
                self.refused[key] = self.refused.get(key, 0) + 1

    def table(self):
        return [
            (self.create_user, 10), (self.create_group, 3), (self.create_unit, 3), (self.modify, 26), (self.clear, 8),
            (self.rename, 7), (self.move, 8), (self.move_unit, 2), (self.rename_unit, 3), (self.delete_tree, 1),
            (self.add_member, 14), (self.remove_member, 6), (self.delete, 6), (self.restore, 3),
            (self.primary_group, 3), (self.toggle, 6), (self.expire, 3), (self.replace_person, 2),
        ]

    # Finding objects, on the DC that is written to.

    def new_name(self):
        self.counter += 1
        return f"{self.random.choice(WORDS)} {self.counter}"

    def pick(self, index, expression, base=None, attributes=()):
        found = [
            e for e in self.domain.search(index, expression, ["objectGUID", *attributes], base or self.random.choice(self.tops))
            if str(e.dn) not in self.tops
        ]
        if not found:
            raise LookupError("nothing to choose from")
        entry = self.random.choice(sorted(found, key=lambda e: guid_of(e["objectGUID"][0])))
        self.claim(index, guid_of(entry["objectGUID"][0]))
        return entry

    def claim(self, index, guid):
        """Written elsewhere since the last replication: bring it here first, where both DCs run."""
        if self.written.get(guid, index) != index and all(self.domain.running):
            self.domain.replicate()
            self.written.clear()
        self.written[guid] = index

    def user(self, index, among="", **more):
        return self.pick(index, f"(&(objectClass=user)(!(objectClass=computer)){among})", **more)

    def group(self, index):
        return self.pick(index, "(objectClass=group)")

    def unit(self, index):
        return self.pick(index, "(objectClass=organizationalUnit)")

    def place(self, index):
        top = self.random.choices(self.tops, [3, 1])[0]
        units = self.domain.search(index, "(objectClass=organizationalUnit)", ["objectGUID"], top)
        return str(self.random.choice(sorted(units, key=lambda e: guid_of(e["objectGUID"][0]))).dn)

    def other_place(self, index, entry):
        place = self.place(index)
        if place.lower() == str(entry.dn.parent()).lower():
            raise LookupError("is there already")
        return place

    def withdraw(self, index, dn, *done):
        """Called before the change, as the daemon may see it at once."""
        for entry in self.domain.search(index, USERS_AND_GROUPS, ["objectGUID"], str(dn)):
            for what in done:
                self.evidence.setdefault((guid_of(entry["objectGUID"][0]), what), time.time())

    def leave(self, index, entry, place):
        """On the way to `place`."""
        if place.endswith(self.tops[1]):
            self.withdraw(index, entry.dn, "left")
            self.evidence.setdefault((guid_of(entry["objectGUID"][0]), "left"), time.time())

    def put(self, index, dn):
        """Called after the object came there."""
        connection = self.domain.connection(index)
        child, parent = (
            guid_of(connection.search(place, ldb.SCOPE_BASE, None, ["objectGUID"])[0]["objectGUID"][0])
            for place in (ldb.Dn(connection, dn), ldb.Dn(connection, dn).parent())
        )
        self.parents.setdefault(child, set()).add(parent)

    def taken_out(self, guid, what):
        """When an operation first did that to the object or, for "left", to a unit that it was in; None for never."""
        times, known, new = [], set(), {guid}
        while new:
            times += [self.evidence[each, what] for each in new if (each, what) in self.evidence]
            known |= new
            new = {parent for each in new for parent in self.parents.get(each, ()) if what == "left"} - known
        return min(times, default=None)

    def new_window(self):
        """Called when both DCs have everything. An account that is to expire may do so in the next one."""
        self.evidence = {(guid, "inactive"): 0.0 for guid in self.expiring}
        units = f"(|(objectClass=organizationalUnit){USERS_AND_GROUPS[2:]}"
        entries = [entry for top in self.tops for entry in self.domain.search(0, units, ["objectGUID"], top)]
        guids = {str(entry.dn).lower(): guid_of(entry["objectGUID"][0]) for entry in entries}
        self.parents = {
            guid_of(entry["objectGUID"][0]): {guids[str(entry.dn.parent()).lower()]}
            for entry in entries if str(entry.dn.parent()).lower() in guids
        }

    def replace(self, index, entry, name, value, flag=ldb.FLAG_MOD_REPLACE):
        message = ldb.Message(entry.dn)
        message[name] = ldb.MessageElement(value, flag, name)
        self.domain.connection(index).modify(message)

    # The operations.

    def create_user(self, index, account=None):
        name = self.new_name()
        account, dn = account or f"s{self.counter}", f"CN={name},{self.place(index)}"
        self.domain.connection(index).add({
            "dn": dn, "objectClass": "user", "sAMAccountName": account,
            "userPrincipalName": f"{account}@corp.example.test", "userAccountControl": "544", "displayName": name,
            "givenName": name.split()[0], "mail": f"{account}@example.com", "c": self.random.choice(["IE", "PL", "DE"]),
        })
        self.put(index, dn)

    def create_group(self, index):
        dn = f"CN=Group {self.new_name()},{self.place(index)}"
        self.domain.connection(index).add({
            "dn": dn, "objectClass": "group", "sAMAccountName": f"g{self.counter}", "groupType": UNIVERSAL,
        })
        self.put(index, dn)

    def create_unit(self, index):
        dn = f"OU={self.new_name()},{self.place(index)}"
        self.domain.connection(index).add({"dn": dn, "objectClass": "organizationalUnit"})
        self.put(index, dn)

    def modify(self, index):
        self.replace(index, self.user(index), self.random.choice(FREE), self.new_name())

    def clear(self, index):
        name = self.random.choice(FREE + ["mail", "userPrincipalName"])
        self.replace(index, self.user(index, among=f"({name}=*)"), name, [])

    def rename(self, index):
        entry = self.pick(index, USERS_AND_GROUPS)
        target = ldb.Dn(self.domain.connection(index), f"CN={self.new_name()}")
        target.add_base(entry.dn.parent())
        self.domain.connection(index).rename(entry.dn, target)

    def move(self, index):
        entry = self.pick(index, USERS_AND_GROUPS)
        place = self.other_place(index, entry)
        self.leave(index, entry, place)
        target = f"{entry.dn.get_rdn_name()}={entry.dn.get_rdn_value()},{place}"
        self.domain.connection(index).rename(str(entry.dn), target)
        self.put(index, target)

    def move_unit(self, index):
        entry = self.unit(index)
        place = self.other_place(index, entry)
        self.leave(index, entry, place)
        target = f"OU={entry.dn.get_rdn_value()},{place}"
        self.domain.connection(index).rename(str(entry.dn), target)
        self.put(index, target)

    def rename_unit(self, index):
        entry = self.unit(index)
        self.domain.connection(index).rename(str(entry.dn), f"OU={self.new_name()},{entry.dn.parent()}")

    def delete_tree(self, index):
        if not all(self.domain.running):
            raise LookupError("only with both controllers")
        self.domain.replicate()
        entry = self.unit(index)
        self.withdraw(index, entry.dn, "left", "gone")
        self.domain.connection(index).delete(str(entry.dn), ["tree_delete:0"])
        # Of what is moved into a unit that is deleted on the other DC, two Sambas never agree where it is.
        self.domain.replicate()

    def add_member(self, index):
        member = self.pick(index, USERS_AND_GROUPS)
        self.replace(index, self.group(index), "member", str(member.dn), ldb.FLAG_MOD_ADD)

    def remove_member(self, index):
        group = self.pick(index, "(&(objectClass=group)(member=*))", attributes=["member"])
        self.replace(index, group, "member", self.random.choice(sorted(map(str, group["member"]))), ldb.FLAG_MOD_DELETE)

    def delete(self, index):
        entry = self.pick(index, USERS_AND_GROUPS, attributes=["sAMAccountName"])
        self.withdraw(index, entry.dn, "left", "gone")
        self.domain.connection(index).delete(str(entry.dn))
        self.tombstones.append((guid_of(entry["objectGUID"][0]), entry.dn.get_rdn_value()))

    def restore(self, index):
        if not all(self.domain.running):
            raise LookupError("only with both controllers")
        if not self.tombstones:
            raise LookupError("nothing deleted")
        guid, name = self.tombstones.pop(self.random.randrange(len(self.tombstones)))
        self.domain.replicate()
        connection = self.domain.connection(index)
        found = connection.search(self.domain.base, ldb.SCOPE_SUBTREE, f"(objectGUID={guid})", ["dn"], controls=["show_deleted:1"])[0]
        message = ldb.Message(found.dn)
        message["isDeleted"] = ldb.MessageElement([], ldb.FLAG_MOD_DELETE, "isDeleted")
        target = f"CN={name},{self.place(index)}"
        message["distinguishedName"] = ldb.MessageElement(target, ldb.FLAG_MOD_REPLACE, "distinguishedName")
        # A restored account is disabled, and may be elsewhere.
        done = ["inactive", *(["left"] if target.endswith(self.tops[1]) else [])]
        for what in done:
            self.evidence.setdefault((guid, what), time.time())
        connection.modify(message, ["show_deleted:1"])
        self.put(index, target)

    def primary_group(self, index):
        user = self.user(index, attributes=["memberOf"])
        groups = sorted(map(str, user.get("memberOf", [])))
        if not groups:
            raise LookupError("in no group")
        entry = self.domain.connection(index).search(self.random.choice(groups), ldb.SCOPE_BASE, None, ["objectSid"])[0]
        self.replace(index, user, "primaryGroupID", sid_of(entry["objectSid"][0]).rpartition("-")[2])

    def toggle(self, index):
        entry = self.user(index, attributes=["userAccountControl"])
        flags = int(str(entry["userAccountControl"])) ^ 2
        if flags & 2:
            self.withdraw(index, entry.dn, "inactive")
        self.replace(index, entry, "userAccountControl", str(flags))

    def expire(self, index):
        """In the past, far ahead, never, or in some seconds: while the soak runs."""
        entry = self.user(index, attributes=["accountExpires"])
        delta = self.random.choice([-86400, 86400 * 365, None, 5, 20])
        value = 0 if delta is None else int((time.time() + delta + 11644473600) * 10_000_000)
        if str(entry.get("accountExpires", "0")) == str(value):
            raise LookupError("is so already")
        # Until it is written anew, and on another DC an older value may win.
        if delta not in (None, 86400 * 365):
            self.expiring.add(guid_of(entry["objectGUID"][0]))
            self.withdraw(index, entry.dn, "inactive")
        self.replace(index, entry, "accountExpires", str(value))

    def replace_person(self, index):
        """Another object with the names of one just deleted."""
        if not all(self.domain.running):
            raise LookupError("only with both controllers")
        self.domain.replicate()
        entry = self.user(index, attributes=["sAMAccountName"])
        self.withdraw(index, entry.dn, "left", "gone")
        self.domain.connection(index).delete(str(entry.dn))
        self.create_user(index, str(entry["sAMAccountName"]))
