"""What the sinks hold, and what was done to them."""

import json
import pathlib
import re
import urllib.request


class FileContents:
    """The file sink's lines, applied one after the other."""

    def __init__(self, path):
        self.path, self.offset = pathlib.Path(path), 0
        self.resources, self.kinds, self.memberships, self.ids, self.duplicates = {}, {}, set(), set(), 0

    def read(self):
        """Applies what is new; returns the withdrawals in it: (time, guid)."""
        withdrawals = []
        text = self.path.read_bytes() if self.path.exists() else b""
        end = text.rfind(b"\n") + 1
        for line in text[self.offset:end].splitlines():
            withdrawals += self.apply(json.loads(line))
        self.offset = end
        return withdrawals

    def apply(self, line):
        guid, action = line["guid"].lower(), line["action"]
        self.duplicates += line["id"] in self.ids
        self.ids.add(line["id"])
        if action == "create":
            self.duplicates += guid in self.resources
        if action in ("create", "update"):
            before = self.resources.get(guid, {})
            self.resources[guid], self.kinds[guid] = line["resource"], line["kind"]
            if before.get("active") is True and line["resource"].get("active") is False:
                return [(line["time"], guid)]
        elif action == "delete":
            self.resources.pop(guid, None)
            return [(line["time"], guid)]
        else:
            self.memberships |= {(guid, m["guid"].lower()) for m in line["added"]}
            self.memberships -= {(guid, m["guid"].lower()) for m in line["removed"]}
        return []


def flatten(resource):
    """A SCIM user or group in the words of docs/mapping.md."""
    flat = {name: resource[name] for name in ("userName", "active", "displayName", "title", "preferredLanguage") if resource.get(name) is not None}
    for name in ("givenName", "familyName"):
        if (resource.get("name") or {}).get(name) is not None:
            flat[f"name.{name}"] = resource["name"][name]
    for name in ("emails", "phoneNumbers", "addresses"):
        for item in resource.get(name) or []:
            for key, value in item.items():
                if key not in ("type", "primary", "display"):
                    flat[f'{name}[type eq "{item.get("type")}"].{key}'] = value
    schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    flat.update({f"{schema}:{key}": value for key, value in (resource.get(schema) or {}).items()})
    return flat


class SCIM:
    def __init__(self, environment):
        self.endpoint = environment["SCIM_ENDPOINT"]
        self.token = pathlib.Path(environment["SCIM_TOKEN_FILE"]).read_text()
        self.log = pathlib.Path(environment["SCIM_ACCESS_LOG"])
        self.guids, self.offset = {}, 0

    def requests(self):
        """Without those of `all`, which may be logged late."""
        return [line for line in self.log.read_text().splitlines() if "?startIndex=" not in line]

    def deleted(self):
        """The objects whose resources were deleted since the last call, as far as they had been seen; and the others."""
        lines = self.log.read_text().splitlines()
        found = [re.match(r"DELETE /v2/\w+/(\S+) \S+ 204", line) for line in lines[self.offset:]]
        self.offset = len(lines)
        ids = [match[1] for match in found if match]
        return [self.guids[i] for i in ids if i in self.guids], sum(i not in self.guids for i in ids)

    def all(self, kind):
        found = []
        while True:
            request = urllib.request.Request(
                f"{self.endpoint}/{kind}?startIndex={len(found) + 1}&count=100",
                headers={"Authorization": f"Bearer {self.token}"},
            )
            page = json.load(urllib.request.urlopen(request, timeout=30))
            found += page.get("Resources") or []
            if not page.get("Resources") or len(found) >= page["totalResults"]:
                return found

    def contents(self):
        """guid → resource, memberships, duplicates."""
        every = self.all("Users") + self.all("Groups")
        self.guids.update({r["id"]: r["externalId"].lower() for r in every})
        resources = {r["externalId"].lower(): flatten(r) for r in every}
        memberships = {
            (r["externalId"].lower(), self.guids.get(m["value"], m["value"]))
            for r in every for m in r.get("members") or []
        }
        return resources, memberships, len(every) - len(resources)
