"""What the sinks hold, and what was done to them."""

import datetime
import json
import pathlib
import urllib.request


def time_of(line):
    return datetime.datetime.fromisoformat(line["time"].replace("Z", "+00:00")).timestamp()


class FileContents:
    """The file sink's lines, applied one after the other."""

    def __init__(self, path):
        self.path, self.offset = pathlib.Path(path), 0
        self.resources, self.kinds, self.memberships, self.ids, self.duplicates = {}, {}, set(), set(), 0

    def read(self):
        """Applies what is new; returns the withdrawals in it: (time, guid, what was done)."""
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
                return [(time_of(line), guid, "inactive")]
        elif action == "delete":
            self.resources.pop(guid, None)
            return [(time_of(line), guid, "left")]
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
    """The SCIM server. Its log has what the daemon asked; our own requests go by their agent."""

    AGENT = "soak"

    def __init__(self, environment):
        self.endpoint = environment["SCIM_ENDPOINT"]
        self.token = pathlib.Path(environment["SCIM_TOKEN_FILE"]).read_text()
        self.log = pathlib.Path(environment["SCIM_REQUEST_LOG"])
        self.guids, self.read = {}, 0

    def requests(self):
        lines = map(json.loads, self.log.read_text().splitlines()) if self.log.exists() else []
        return [line for line in lines if line["agent"] != self.AGENT]

    def news(self):
        """The requests since the last call, and of those the withdrawals: (time, guid, what was done)."""
        new = self.requests()[self.read:]
        self.read += len(new)
        withdrawals = []
        for request in new:
            identifier = request["path"].rpartition("/")[2]
            body = request.get("body") or {}
            if request["status"] >= 300:
                continue
            if "id" in request and body.get("externalId"):
                self.guids[request["id"]] = body["externalId"].lower()
            if request["method"] == "DELETE":
                withdrawals.append((request["time"], self.guids.get(identifier, identifier), "left"))
            elif request["method"] == "PATCH" and any(map(self.is_disable, body["Operations"])):
                withdrawals.append((request["time"], self.guids.get(identifier, identifier), "inactive"))
        return new, withdrawals

    @staticmethod
    def is_disable(operation):
        if operation.get("path") == "active":
            return operation["op"] == "remove" or operation.get("value") is False
        return not operation.get("path") and (operation.get("value") or {}).get("active") is False

    @staticmethod
    def unexplained(requests):
        """Refusals other than those that the product provokes.

        It replaces an element of a list as if it were there, since to add it could make a second one; the service
        answers noTarget when it is not (RFC 7644 section 3.5.2.3), and then it looks and adds it. Users whose names are
        still another's are not created: what it asks before it creates tells it so, without a refusal."""
        found = []
        for place, request in enumerate(requests):
            if request["status"] < 400 or request["status"] == 404 and request["method"] in ("DELETE", "GET"):
                continue
            is_no_target = request["method"] == "PATCH" and json.loads(request["answer"]).get("scimType") == "noTarget"
            after = [r for r in requests[place + 1:] if r["path"] == request["path"]]
            if not is_no_target or after and (after[0]["method"], after[0]["status"]) != ("GET", 200):
                found.append(request)
        return found

    def all(self, kind):
        found = []
        while True:
            request = urllib.request.Request(
                f"{self.endpoint}/{kind}?startIndex={len(found) + 1}&count=100",
                headers={"Authorization": f"Bearer {self.token}", "User-Agent": self.AGENT},
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
