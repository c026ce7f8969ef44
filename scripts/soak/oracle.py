"""What the sinks must hold, from the live state of one DC by plain searches: docs/mapping.md written down again, and
nothing of adprov's own code."""

import time

import ldb

from directory import guid_of, sid_of

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:"
WORK = {"streetAddress": "streetAddress", "l": "locality", "st": "region", "postalCode": "postalCode", "c": "country"}
TARGETS = {
    "givenName": "name.givenName", "sn": "name.familyName", "title": "title",
    "preferredLanguage": "preferredLanguage", "mail": 'emails[type eq "work"].value',
    "telephoneNumber": 'phoneNumbers[type eq "work"].value', "mobile": 'phoneNumbers[type eq "mobile"].value',
    **{source: f'addresses[type eq "work"].{target}' for source, target in WORK.items()},
    "employeeID": ENTERPRISE + "employeeNumber", "department": ENTERPRISE + "department",
    "company": ENTERPRISE + "organization", "division": ENTERPRISE + "division",
}
ATTRIBUTES = [
    *TARGETS, "objectGUID", "objectSid", "objectClass", "name", "displayName", "userPrincipalName", "sAMAccountName",
    "userAccountControl", "accountExpires", "member", "primaryGroupID", "isCriticalSystemObject",
]
NEVER = (0, 0x7FFFFFFFFFFFFFFF)


def text(entry, name):
    return entry[name][0].decode() if name in entry else None


def member_guid(value):
    """Of `<GUID=…>;<SID=…>;DN`."""
    return value.decode()[len("<GUID="):].partition(">")[0].lower()


class Live:
    """One DC's live users and groups: guid → DN, kind, resource; group guid → member guids."""

    def __init__(self, domain, index):
        self.resources, self.dns, self.kinds, self.members, self.critical = {}, {}, {}, {}, set()
        expression = "(|(objectClass=group)(&(objectClass=user)(!(objectClass=computer))))"
        suffix = ".".join(part[3:] for part in domain.base.split(",")).lower()
        groups_by_sid, primaries = {}, []
        for entry in domain.search(index, expression, ATTRIBUTES, controls=["extended_dn:1:1"]):
            guid = guid_of(entry["objectGUID"][0])
            kind = "group" if b"group" in entry["objectClass"] else "user"
            self.dns[guid] = ldb.Dn(domain.connection(index), str(entry.dn)).get_linearized()
            self.kinds[guid] = kind
            if text(entry, "isCriticalSystemObject") == "TRUE":
                self.critical.add(guid)
            sid = sid_of(entry["objectSid"][0])
            resource = {"displayName": text(entry, "displayName") or text(entry, "name")}
            if kind == "group":
                groups_by_sid[sid] = guid
                self.members[guid] = set(map(member_guid, entry.get("member", [])))
            else:
                primaries.append((guid, f"{sid.rpartition('-')[0]}-{text(entry, 'primaryGroupID')}"))
                resource["userName"] = text(entry, "userPrincipalName") or f"{text(entry, 'sAMAccountName')}@{suffix}"
                expires = int(text(entry, "accountExpires") or 0)
                is_over = expires not in NEVER and expires / 1e7 - 11644473600 <= time.time()
                resource["active"] = not int(text(entry, "userAccountControl")) & 2 and not is_over
                for source, target in TARGETS.items():
                    if text(entry, source) is not None:
                        resource[target] = text(entry, source)
            self.resources[guid] = resource
        for guid, sid in primaries:
            if sid in groups_by_sid:
                self.members[groups_by_sid[sid]].add(guid)

    def key(self):
        return self.resources, {g: d.lower() for g, d in self.dns.items()}, self.members

    def in_scope(self, root=None):
        wanted = {g for g in self.resources if g not in self.critical and "CNF:" not in self.dns[g]}
        return {g for g in wanted if root is None or self.dns[g].lower().endswith("," + root.lower())}

    def memberships(self, scope):
        return {
            (group, member)
            for group in scope if self.kinds[group] == "group"
            for member in self.members[group] if member in scope and self.kinds[member] == "user"
        }
