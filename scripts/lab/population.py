"""The people of the lab domain: the same seed gives the same (DN, attributes) pairs.

Parents come before children, members before the groups that hold them, so the pairs can be
added in the order given. Pure: no directory is touched here.
"""

import random
import unicodedata

SEED = 20261
MAIL_DOMAIN = "example.com"  # mail checkers of test servers refuse .test
DISABLED = 0x0222  # normal account, no password needed, disabled: 546
ENABLED = 0x0220  # 544
GLOBAL, UNIVERSAL = -2147483646, -2147483640

DEPARTMENTS = ["Sales", "Engineering", "Finance", "HR", "Operations"]
TITLES = ["Analyst", "Engineer", "Consultant", "Specialist", "Coordinator", "Team Lead"]
GIVEN = """Anna Łukasz Søren Zoë François Jürgen Björk Ólafur Øystein Renée Chloë Małgorzata Ana María
José Ángel Siân D'Arcy Niamh Ewan Priya Rahul Mei Kenji Noor Samir Elif Mateo Inês João Dvořák Eliška
Žofie Marek Ivana Grace Peter Laura Tom Emily Hassan Fatima Olu Chidi Ingrid Åsa Thorsten Käthe""".split()
FAMILY = """O'Brien Żak Łapiński Ørsted Åkesson Müller Groß García Núñez Dvořák Černý D'Angelo Nguyễn
Smith Jones Taylor Brown Wilson Novák Kowalska Jensen Hansen Dubois Lefèvre Rossi Bianchi Silva Sousa
Yılmaz Şahin Tanaka Sato Chen Wang Patel Singh Okafor Adeyemi Haddad Khoury O'Neill McDonald Brontë
Sjögren Þórsson Ibáñez Castaño Walsh Byrne Fischer Weiß""".split()
PLACES = [  # city, state or province, post code, ISO code, country, numeric ISO code
    ("Dublin", "Leinster", "D02 X285", "IE", "Ireland", 372),
    ("København", "Hovedstaden", "1050", "DK", "Denmark", 208),
    ("Łódź", "Łódzkie", "90-001", "PL", "Poland", 616),
    ("München", "Bayern", "80331", "DE", "Germany", 276),
    ("São Paulo", "SP", "01000-000", "BR", "Brazil", 76),
    ("Boston", "MA", "02108", "US", "United States", 840),
]


def escape(value):
    """One RDN value as RFC 4514 wants it."""
    for character in '\\,+"<>;=':
        value = value.replace(character, "\\" + character)
    return "\\" + value if value[0] in "# " else value


def ascii_slug(name):
    """Łukasz D'Arcy -> lukaszdarcy"""
    name = name.lower().translate(str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "þ": "th", "ı": "i"}))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(c for c in plain if c.isalnum())


def department_name(index):
    return DEPARTMENTS[index] if index < len(DEPARTMENTS) else f"Department {index + 1:02d}"


class Population:
    def __init__(self, base, users, groups, ous, seed=SEED):
        self.base, self.user_count, self.group_count, self.ou_count = base, users, groups, ous
        self.random = random.Random(seed)
        self.lab = f"OU=Lab,{base}"
        self.upn_domain = ".".join(part[3:] for part in base.lower().split(","))
        self.user_dns = []
        self.teams = []  # (department, DN)

    def organizational_units(self):
        unit = {"objectClass": ["organizationalUnit"]}
        yield self.lab, unit
        for name in ("Groups", "Disabled"):
            yield f"OU={name},{self.lab}", unit
        for index in range(self.ou_count):
            department = department_name(index // 2)
            above = f"OU={department},{self.lab}"
            if index % 2 == 0:
                yield above, unit
            dn = f"OU={department} Team {index % 2 + 1},{above}"
            self.teams.append((department, dn))
            yield dn, unit

    def users(self):
        taken_names, taken_mail = set(), set()
        for number in range(1, self.user_count + 1):
            given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
            # Every seventeenth the way many real directories name people: with a comma, escaped in the DN.
            name = f"{family}, {given}" if number % 17 == 0 else f"{given} {family}"
            # AD folds diacritics when it compares names, so two that differ only there would collide.
            cn = name if ascii_slug(name) not in taken_names else f"{name} {number}"
            taken_names.add(ascii_slug(name))
            local = f"{ascii_slug(given)}.{ascii_slug(family)}"
            local = local if local not in taken_mail else f"{local}{number}"
            taken_mail.add(local)

            account = f"u{number:05d}"
            disabled = number % 50 == 0
            department, team = self.teams[(number - 1) % len(self.teams)]
            dn = f"CN={escape(cn)},{f'OU=Disabled,{self.lab}' if disabled else team}"
            city, state, post_code, country, country_name, country_number = self.random.choice(PLACES)
            attributes = {
                "objectClass": ["user"],
                "sAMAccountName": [account],
                "userPrincipalName": [f"{account}@{self.upn_domain}"],
                "userAccountControl": [str(DISABLED if disabled else ENABLED)],
                "givenName": [given],
                "sn": [family],
                "displayName": [name],
                "mail": [f"{local}@{MAIL_DOMAIN}"],
                "proxyAddresses": [
                    f"SMTP:{local}@{MAIL_DOMAIN}",
                    f"smtp:{account}@{MAIL_DOMAIN}",
                    f"smtp:{local}@old.{MAIL_DOMAIN}",
                ],
                "telephoneNumber": [f"+353 1 {2000000 + number}"],
                "title": [self.random.choice(TITLES)],
                "department": [department],
                "company": ["Example & Søns Ltd"],
                "employeeID": [f"E{100000 + number}"],
                "l": [city],
                "st": [state],
                "c": [country],
                "co": [country_name],
                "countryCode": [str(country_number)],
                "streetAddress": [f"{self.random.randint(1, 200)} Main Street"],
                "postalCode": [post_code],
            }
            if number > 1:
                attributes["manager"] = [self.user_dns[(number - 2) // 12]]
            self.user_dns.append(dn)
            yield dn, attributes

    def group(self, name, kind, members, description):
        attributes = {
            "objectClass": ["group"],
            "sAMAccountName": [name],
            "groupType": [str(kind)],
            "description": [description],
        }
        if members:
            attributes["member"] = list(members)
        return self.group_dn(name), attributes

    def group_dn(self, name):
        return f"CN={escape(name)},OU=Groups,{self.lab}"

    def groups(self):
        everyone = self.user_dns
        third = max(1, min(10, len(everyone) // 3))
        yield self.group("Cloud Users", GLOBAL, everyone[0::2], "Every second user, directly")
        yield self.group("All Staff", UNIVERSAL, everyone, "Every user")
        inner = []
        for depth, name in enumerate(("Nested Grandchild", "Nested Child", "Nested Parent")):
            members = everyone[depth * third : (depth + 1) * third]
            yield self.group(name, GLOBAL, members + inner, "Nested, and closed to a cycle")
            inner = [self.group_dn(name)]

        earlier = []
        for number in range(6, self.group_count + 1):
            size = min(len(everyone), 400, int(2 * self.random.paretovariate(0.8)))
            members = self.random.sample(everyone, size)
            # A global group may not hold a universal one, so those that hold groups are universal.
            holds_groups = number % 10 == 0
            kind = UNIVERSAL if holds_groups or number % 3 == 0 else GLOBAL
            if holds_groups:
                members += self.random.sample(earlier, min(5, len(earlier)))
            name = f"{department_name((number - 1) % len(DEPARTMENTS))} Group {number:03d}"
            yield self.group(name, kind, members, f"{size} users drawn at random")
            earlier.append(self.group_dn(name))

    def closing_links(self):
        """(group, member) pairs that need both ends to exist: they close the cycle."""
        yield self.group_dn("Nested Grandchild"), self.group_dn("Nested Parent")

    def objects(self):
        yield from self.organizational_units()
        yield from self.users()
        yield from self.groups()
