import Testing

@testable import Settings

@Suite struct `Problem of a configuration file` {
  struct Case: CustomTestStringConvertible {
    let change: (from: String, to: String)
    /// Beginning of each problem, behind the file.
    let problems: [String]

    init(_ from: String, _ to: String, _ problems: String...) {
      change = (from, to)
      self.problems = problems
    }

    var testDescription: String { change.to }
  }

  private static let group = "CN=Cloud Users,OU=Groups,DC=corp,DC=example,DC=com"
  private static let token = #"token = { credential = "scim-token" }"#

  @Test(arguments: [
    // Keys
    Case(#"interval ="#, #"intervall ="#, #":4: intervall: unknown key. Did you mean interval?"#),
    Case(
      "[[mapping.user]]",
      "[plan]\ndeletes = 1\n[[mapping.user]]",
      ":23: plan: unknown key. Remove it; keys known here: domain,"
    ),
    Case("object-classes", "filters = []\nobject-classes", ":11: scope.filters: unknown key. Did you mean filter?"),
    Case(#"{ credential"#, #"{ x = 1, credential"#, ":16: sink.token.x: unknown key."),
    Case(#"target = "#, #"expression = ""\#ntarget = "#, ":25: mapping.user[1].expression: unknown key."),
    Case("[[mapping.user]]", "[[mapping.contact]]", ":23: mapping.contact: unknown key."),
    // Domain
    Case(
      #"domain = "corp.example.com""#,
      "",
      ": domain: is missing. Add it, for example: domain = \"corp.example.com\""
    ),
    Case(
      "domain = \"corp.example.com\"",
      "domain = \"corp.exmple.com\"",
      ":1: domain: the daemon does not read the domain corp.exmple.com. Did you mean \"corp.example.com\"?"
    ),
    Case("domain = \"corp.example.com\"", "domain = \"corp/com\"", ":1: domain: \"corp/com\" is not the DNS name"),
    Case(
      "domain = \"corp.example.com\"",
      "domain = \"lab.example.com\"",
      ":8: scope.include[1]: \"\(group)\" does not lie in the domain lab.example.com. Name an object below DC=lab,DC=example,DC=com",
      ":9: scope.exclude[1]: "
    ),
    // Plain values
    Case("iam-ops@example.com", "iam-ops", ":3: notification-emails[1]: \"iam-ops\" is not a mail address."),
    Case("\"iam-ops@example.com\"", "1", ":3: notification-emails[1]: is an integer. Give a string in quotes"),
    Case(#""5m""#, #""5 minutes""#, ":4: interval: \"5 minutes\" is not a time. Write a number with d, h, m or s"),
    Case(#""5m""#, "5", ":4: interval: is an integer."),
    Case(#""5m""#, "5.5", ":4: interval: is a floating-point number."),
    Case(#""5m""#, #""9s""#, ":4: interval: \"9s\" is too short. Give at least 10s"),
    // Scope
    Case(
      #"mode = "groups""#,
      #"mode = "group""#,
      ":7: scope.mode: \"group\" is not a choice. Did you mean \"groups\"?"
    ),
    Case(
      #"mode = "groups""#,
      #"mode = ["groups", "organizational-units"]"#,
      ":7: scope.mode: groups and OUs cannot be combined. Make one configuration for the groups and another one for the OUs"
    ),
    Case(#"mode = "groups""#, "", ":6: scope.mode: is missing."),
    Case(
      #"mode = "groups""#,
      #"mode = "all""#,
      ":8: scope.include: contradicts mode = \"all\".",
      ":10: scope.nested-groups: has a meaning with mode = \"groups\" only."
    ),
    Case(
      "nested-groups = false",
      "groups = []\norganizational-units = []",
      ":11: scope.organizational-units: groups and OUs cannot be combined."
    ),
    Case("nested-groups = false", "groups = []", ":10: scope.groups: unknown key. Write mode = \"groups\" and list"),
    Case("[\"\(group)\"]", "[]", ":8: scope.include: mode = \"groups\" needs at least one DN."),
    Case("include = [\"\(group)\"]", "", ":6: scope.include: mode = \"groups\" needs at least one DN."),
    Case(
      "\"\(group)\"",
      "\"Cloud Users\"",
      ":8: scope.include[1]: \"Cloud Users\" is not a distinguished name: component at byte 0 has no TYPE= before its value."
    ),
    Case(
      "\"\(group)\"",
      "\"\(group)\",\n\"\(group.lowercased())\"",
      ":9: scope.include[2]: \"\(group.lowercased())\" is listed twice."
    ),
    Case(
      "CN=Cloud Users,OU=Groups",
      "OU=Groups",
      ":8: scope.include[1]: \"OU=Groups,DC=corp,DC=example,DC=com\" is an organizational unit, but mode is \"groups\". Choose mode"
    ),
    Case(
      "\"\(group)\"",
      "\"\(group)\", \"OU=Groups,DC=corp,DC=example,DC=com\"",
      ":8: scope.include[2]: groups and OUs cannot be combined."
    ),
    Case("OU=Service Accounts", "CN=cloud users,OU=Groups", ":9: scope.exclude[1]: "),
    Case(
      #"["user", "group"]"#,
      #"["user", "contact"]"#,
      ":11: scope.object-classes[2]: \"contact\" is not an object class of this version."
    ),
    Case(#"["user", "group"]"#, #"["user", "user"]"#, ":11: scope.object-classes[2]: user is named twice."),
    Case(#"["user", "group"]"#, "[]", ":11: scope.object-classes: is empty."),
    Case(
      #"["user", "group"]"#,
      #"["user", "organizational-unit"]"#,
      ":11: scope.object-classes[2]: a scope of groups never holds organizational units.",
      ":14: sink.kind: SCIM has no organizational units,"
    ),
    // Sink
    Case(
      #"kind = "scim""#,
      #"kind = "ldap""#,
      ":14: sink.kind: \"ldap\" is not a choice. Choose one of \"scim\", \"file\""
    ),
    Case(#"kind = "scim""#, "", ":13: sink.kind: is missing."),
    Case(#"kind = "scim""#, "kind = \"scim\"\npath = \"x\"", ":15: sink.path: has no meaning with kind = \"scim\"."),
    Case("https://scim", "http://scim", ":15: sink.endpoint: over http the token could be read on the network."),
    Case("https://scim", "ftp://scim", ":15: sink.endpoint: \"ftp://scim.example.com/v2/\" is not an https URL."),
    Case("https://scim", "https://admin:hunter2@scim", ":15: sink.endpoint: holds a user or password."),
    Case("/v2/", "/v2?x=y", ":15: sink.endpoint: \"https://scim.example.com/v2?x=y\" has a query or fragment."),
    Case(token, "", ":13: sink.token: is missing."),
    Case(token, "token = \"hunter2\"", ":16: sink.token: a secret must not stand in a settings file."),
    Case(token, "token = {}", ":16: sink.token: needs either a credential or a file."),
    Case(
      token,
      "token = { credential = \"a\", file = \"b\" }",
      ":16: sink.token: needs either a credential or a file."
    ),
    Case(token, "token = { credential = \"../a\" }", ":16: sink.token: \"../a\" is not the name of a credential."),
    Case(
      "max-in-flight = 4",
      "max-in-flight = 0",
      ":18: sink.max-in-flight: 0 is out of range. Give a number from 1 to 64"
    ),
    Case(
      #"on-leave-scope = "disable""#,
      #"on-leave-scope = "delete""#,
      ":20: sink.delete-after: has a meaning with on-leave-scope = \"disable\" only."
    ),
    Case(#""30d""#, #""0s""#, ":20: sink.delete-after: \"0s\" is too short."),
    // Mapping
    Case(#"target = "nickName""#, "", ":23: mapping.user[1].target: is missing."),
    Case(
      #"source = "extensionAttribute1""#,
      "",
      ":25: mapping.user[1].target: its rule has neither source nor constant."
    ),
    Case(#"source = "#, #"constant = "x"\#nsource = "#, ":24: mapping.user[1].constant: contradicts source."),
    Case(
      "extensionAttribute1",
      "extension attribute",
      ":24: mapping.user[1].source: \"extension attribute\" cannot be mapped"
    ),
    Case(
      "extensionAttribute1",
      "UnicodePwd",
      ":24: mapping.user[1].source: \"UnicodePwd\" cannot be mapped: it holds a secret."
    ),
    Case(
      "extensionAttribute1",
      "objectSid",
      ":24: mapping.user[1].source: \"objectSid\" cannot be mapped: its values are not text."
    ),
    Case(
      "nickName",
      "externalId",
      ":25: mapping.user[1].target: \"externalId\" cannot be mapped: it always holds the objectGUID."
    ),
    Case("nickName", "members.value", ":25: mapping.user[1].target: \"members.value\" cannot be mapped:"),
    Case("nickName", "urn:ietf:params:scim:schemas:core:2.0:User:password", ":25: mapping.user[1].target: "),
    Case("nickName", "active", ":24: mapping.user[1].source: active is a boolean, and an attribute gives text."),
    Case(
      "[[mapping.user]]",
      "[[mapping.user]]\nsource = \"title\"\ntarget = \"NICKNAME\"\n[[mapping.user]]\nsource = \"a\"\ntarget = \"NICKNAME\"\n[[mapping.user]]",
      ":28: mapping.user[2].target: \"NICKNAME\" has two rules."
    ),
  ])
  func `tells file, line, key, what is wrong and the remedy`(_ test: Case) throws {
    try #require(ConfigurationFixture.text.contains(test.change.from))
    let text = ConfigurationFixture.text.replacing(test.change.from, with: test.change.to, maxReplacements: 1)
    let problems = ConfigurationFixture.problems(text)
    #expect(problems.count == test.problems.count, "\(problems)")
    for (problem, expected) in zip(problems, test.problems) {
      #expect(problem.hasPrefix("/etc/adprov/one.toml" + expected), "\(problem)")
    }
  }

  /// A file that is refused without a reason would leave its author with nothing.
  @Test(arguments: ["1", "{}", "[]", "[1]", "[{}]", "\"\"", "\"x\"", "true", "1979-05-27", "{ file = 1 }"])
  func `is told for whatever stands in place of a value`(value: String) {
    let lines = ConfigurationFixture.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard let sign = line.firstIndex(of: "=") else { continue }
      var changed = lines
      changed[index] = line[...sign] + " " + value
      do throws(InvalidSettings) {
        _ = try ConfigurationFixture.parse(changed.joined(separator: "\n"))
      } catch {
        #expect(!error.problems.isEmpty, "\(changed[index])")
        #expect(error.problems.allSatisfy { $0.line == index + 1 || $0.line == nil || $0.key != nil })
      }
    }
  }

  @Test func `is told for a file that was cut anywhere`() {
    for length in stride(from: 0, to: ConfigurationFixture.text.count, by: 3) {
      do throws(InvalidSettings) {
        _ = try ConfigurationFixture.parse(String(ConfigurationFixture.text.prefix(length)))
      } catch {
        #expect(!error.problems.isEmpty)
      }
    }
  }

  @Test func `never quotes what may be a secret`() {
    for change in [("https://scim", "https://admin:hunter2@scim"), (Self.token, "token = \"hunter2\"")] {
      let problems = ConfigurationFixture.problems(ConfigurationFixture.text.replacing(change.0, with: change.1))
      #expect(!problems.isEmpty)
      #expect(!problems.joined().contains("hunter2"))
    }
  }

  @Test(arguments: ["", "# nothing\n"])
  func `names everything that an empty file lacks`(text: String) {
    #expect(
      ConfigurationFixture.problems(text).map { $0.split(separator: ". ")[0] } == [
        "/etc/adprov/one.toml: domain: is missing", "/etc/adprov/one.toml: scope: is missing",
        "/etc/adprov/one.toml: sink: is missing",
      ]
    )
  }

  @Test func `an OU scope refuses the domain itself`() {
    let text = ConfigurationFixture.text.replacing(#""groups""#, with: #""organizational-units""#, maxReplacements: 1)
      .replacing("CN=Cloud Users,OU=Groups,", with: "").replacing("nested-groups = false", with: "")
    #expect(
      ConfigurationFixture.problems(text).map { $0.contains("is the whole domain. Choose mode = \"all\"") } == [true]
    )
  }

  @Test(arguments: ["http://127.0.0.1:8080/v2", "http://localhost/scim", "http://[::1]:80", "https://10.0.0.1"])
  func `plain http is fine on this machine`(endpoint: String) {
    let text = ConfigurationFixture.text.replacing("https://scim.example.com/v2/", with: endpoint)
    #expect(ConfigurationFixture.problems(text) == [])
  }
}
