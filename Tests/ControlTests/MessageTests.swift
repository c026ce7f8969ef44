import ControlAPI
import FoundationEssentials
import Testing

@Suite("The messages of the control API")
struct MessageTests {
  @Test func `JSON has sorted keys, RFC 3339 times and no nulls`() throws {
    let status = ConfigurationStatus(
      name: "a",
      domain: "corp.example.com",
      enabled: true,
      health: .ok,
      lastRun: RunReport(id: 1, reason: "timer", started: Date(timeIntervalSince1970: 1_700_000_000.7))
    )
    let text = String(decoding: try ControlJSON.encode(status), as: UTF8.self)
    let counts =
      #"{"created":0,"deleted":0,"disabled":0,"evaluated":0,"failed":0,"imported":0,"membersAdded":0,"membersRemoved":0,"updated":0}"#
    #expect(
      text == #"{"domain":"corp.example.com","enabled":true,"escrowed":0,"health":"ok","held":0,"lastRun":{"counts":"#
        + counts
        + #","id":1,"reason":"timer","started":"2023-11-14T22:13:20Z"},"name":"a","pending":0,"pendingMembers":0,"#
        + #""provisioned":0,"running":false}"#
    )
  }

  @Test(
    arguments: [
      ("cloud-users", true), ("a", true), ("0", true), (String(repeating: "a", count: 63), true),
      ("", false), ("-a", false), ("Cloud", false), ("a/b", false), ("..", false), ("a.b", false), ("ä", false),
      ("a b", false), ("a\n", false), (String(repeating: "a", count: 64), false),
    ])
  func `a configuration's name is a word`(name: String, isValid: Bool) {
    #expect(Route.isConfigurationName(name) == isValid)
  }

  @Test func `a new configuration becomes a file`() {
    let configuration = NewConfiguration(
      domain: "corp.example.com",
      enabled: true,
      notificationEmails: ["ops@example.com"],
      interval: "5m",
      scope: .init(
        mode: .groups,
        include: ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"],
        exclude: [],
        nestedGroups: false
      ),
      objectClasses: ["user"],
      sink: .init(kind: .scim, endpoint: "https://scim.example.com/v2", tokenCredential: "scim")
    )
    #expect(
      configuration.toml == """
        domain = "corp.example.com"
        enabled = true
        notification-emails = ["ops@example.com"]
        interval = "5m"

        [scope]
        mode = "groups"
        include = [
          "CN=A,DC=corp,DC=example,DC=com",
          "CN=B,DC=corp,DC=example,DC=com",
        ]
        exclude = []
        nested-groups = false
        object-classes = ["user"]

        [sink]
        kind = "scim"
        endpoint = "https://scim.example.com/v2"
        token = { credential = "scim" }

        """
    )
  }

  @Test(
    arguments: [
      ("a\"\n[sink]\nkind = \"x", #""a\"\n[sink]\nkind = \"x""#),
      (#"CN=Smith\, John"#, #""CN=Smith\\, John""#),
      ("\u{0}\u{1F}\u{7F}\t\r", #""\u0000\u001F\u007F\t\r""#),
      ("Müller 😀", #""Müller 😀""#),
    ])
  func `no value can leave its quotes`(value: String, quoted: String) {
    let configuration = NewConfiguration(
      domain: value,
      scope: .init(mode: .all),
      sink: .init(kind: .file, path: "/x")
    )
    #expect(configuration.toml.hasPrefix("domain = \(quoted)\nenabled = false\n\n[scope]\n"))
  }

  @Test func `health for strangers keeps codes only`() {
    let report = HealthReport(
      status: .failed,
      reasons: [.init(scope: .domain, code: "unreachable", name: "corp", message: "no route")]
    )
    #expect(report.redacted == HealthReport(status: .failed, reasons: [.init(scope: .domain, code: "unreachable")]))
  }
}
