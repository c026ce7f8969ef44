import Testing

@testable import Settings

@Suite struct `Daemon file` {
  private static let text = #"""
    configurations-folder = "conf"
    state-folder = "/srv/adprov"

    [[domain]]
    name = "CORP.example.com"
    controllers = ["dc1.corp.example.com", "10.0.0.7"]
    security = "starttls"
    ca-file = "ca.pem"
    [domain.authentication]
    method = "password"
    user = 'CORP\svc-adprov'
    password = { file = "secret" }

    [[domain]]
    name = "lab.example.com"
    controllers = ["dc1.lab.example.com"]
    [domain.authentication]
    method = "keytab"
    principal = "AGENT01$@LAB.EXAMPLE.COM"

    [store]
    path = "/srv/db/adprov.sqlite"

    [control]
    socket = "/run/x.sock"
    socket-mode = "0660"
    operators-group = "domain admins"
    own-user = "operator"

    [log]
    level = "debug"
    retention = "7d"
    """#

  private static let minimal = #"""
    [[domain]]
    name = "corp.example.com"
    controllers = ["dc1.corp.example.com"]
    [domain.authentication]
    method = "password"
    user = "svc-adprov@corp.example.com"
    password = { credential = "ad-password" }
    """#

  private static func parse(
    _ text: String,
    overrides: PathOverrides = PathOverrides()
  ) throws(InvalidSettings) -> DaemonSettings {
    try DaemonSettings(parsing: text, file: "/etc/adprov/adprovd.toml", overrides: overrides)
  }

  @Test func `gives all of its values`() throws {
    let settings = try Self.parse(Self.text)
    #expect(
      settings.domains == [
        DomainSettings(
          name: "corp.example.com",
          controllers: ["dc1.corp.example.com", "10.0.0.7"],
          site: nil,
          changes: .automatic,
          security: .startTLS,
          caFile: "/etc/adprov/ca.pem",
          authentication: .password(user: #"CORP\svc-adprov"#, .file("/etc/adprov/secret"))
        ),
        DomainSettings(
          name: "lab.example.com",
          controllers: ["dc1.lab.example.com"],
          site: nil,
          changes: .automatic,
          security: .signAndSeal,
          caFile: nil,
          authentication: .keytab(path: "/etc/krb5.keytab", principal: "AGENT01$@LAB.EXAMPLE.COM")
        ),
      ]
    )
    #expect(settings.configurationsFolder == "/etc/adprov/conf")
    #expect(settings.stateFolder == "/srv/adprov")
    #expect(settings.storePath == "/srv/db/adprov.sqlite")
    #expect(
      settings.control
        == ControlSettings(
          socketPath: "/run/x.sock",
          socketMode: 0o660,
          operatorsGroup: "domain admins",
          ownUser: .operator
        )
    )
    #expect(settings.logLevel == .debug)
    #expect(settings.logRetention == .seconds(7 * 86_400))
    #expect(settings.domain(named: "Lab.Example.Com")?.name == "lab.example.com")
  }

  @Test func `fills in defaults`() throws {
    let settings = try Self.parse(Self.minimal)
    #expect(settings.domains.map(\.security) == [.ldaps])
    #expect(settings.configurationsFolder == "/etc/adprov/configurations.d")
    #expect(settings.stateFolder == "/var/lib/adprov")
    #expect(settings.storePath == "/var/lib/adprov/adprov.sqlite")
    #expect(
      settings.control
        == ControlSettings(
          socketPath: "/run/adprov/control.sock",
          socketMode: 0o666,
          operatorsGroup: "adprov",
          ownUser: .reload
        )
    )
    #expect(settings.logLevel == .info)
    #expect(settings.logRetention == .seconds(30 * 86_400))
  }

  @Test func `gives way to flags`() throws {
    let settings = try Self.parse(
      Self.text,
      overrides: PathOverrides(
        configurationsFolder: "a",
        stateFolder: "b",
        storePath: "c/store",
        socketPath: "/tmp/d.sock"
      )
    )
    #expect(settings.configurationsFolder == "a")
    #expect(settings.stateFolder == "b")
    #expect(settings.storePath == "c/store")
    #expect(settings.control.socketPath == "/tmp/d.sock")
  }

  @Test func `a flag that moves the state moves the store, too`() throws {
    let settings = try Self.parse(Self.text, overrides: PathOverrides(stateFolder: "/tmp/scratch"))
    #expect(settings.storePath == "/tmp/scratch/adprov.sqlite")
  }

  @Test(
    arguments: [
      (#"name = "CORP.example.com""#, #"name = "corp""#, []),
      (#"name = "CORP.example.com""#, "", [":4: domain[1].name: is missing."]),
      (
        #"name = "CORP.example.com""#, #"name = "10.1.1.1""#,
        [":5: domain[1].name: \"10.1.1.1\" is not the DNS name of a domain."]
      ),
      (
        "lab.example.com\"\n", "Corp.Example.Com\"\n",
        [":15: domain[2].name: the domain corp.example.com is defined twice."]
      ),
      (#"["dc1.lab.example.com"]"#, "[]", [":16: domain[2].controllers: is empty."]),
      (#"["dc1.lab.example.com"]"#, #""dc1.lab.example.com""#, [":16: domain[2].controllers: is a string."]),
      (#"controllers = ["dc1.lab.example.com"]"#, #"site = "Berlin.West""#, [":16: domain[2].site: "]),
      (#"controllers = ["dc1.lab.example.com"]"#, #"changes = "dirsync""#, [":16: domain[2].changes: "]),
      ("dc1.lab.example.com", "ldaps://dc1.lab.example.com", [":16: domain[2].controllers[1]: "]),
      ("dc1.lab.example.com", "10.0.0.1", [":16: domain[2].controllers[1]: Kerberos needs the name"]),
      (#"security = "starttls""#, #"security = "tls""#, [":7: domain[1].security: \"tls\" is not a choice."]),
      (
        #"security = "starttls""#, #"security = "sign-and-seal""#,
        [
          ":7: domain[1].security: sign-and-seal needs a keytab",
          ":8: domain[1].ca-file: has no use with sign-and-seal",
        ]
      ),
      (#"method = "password""#, "", [":9: domain[1].authentication.method: is missing."]),
      (
        #"method = "password""#, #"method = "kerberos""#,
        [":10: domain[1].authentication.method: \"kerberos\" is not a choice."]
      ),
      (#"user = 'CORP\svc-adprov'"#, "", [":9: domain[1].authentication.user: is missing."]),
      (#"user = 'CORP\svc-adprov'"#, "user = ''", [":11: domain[1].authentication.user: is empty."]),
      (
        #"password = { file = "secret" }"#, #"password = "x""#,
        [":12: domain[1].authentication.password: a secret must not stand"]
      ),
      (#"principal = "AGENT01$@LAB.EXAMPLE.COM""#, "", [":17: domain[2].authentication.principal: is missing."]),
      (
        "AGENT01$@LAB.EXAMPLE.COM", "a@b@c",
        [":19: domain[2].authentication.principal: \"a@b@c\" is not a Kerberos principal."]
      ),
      (
        #"principal ="#, "user = \"x\"\nprincipal =",
        [":19: domain[2].authentication.user: has no meaning with method = \"keytab\"."]
      ),
      (
        "socket-mode = \"0660\"", "socket-mode = \"0777\"",
        [":26: control.socket-mode: \"0777\" is not the mode of a socket."]
      ),
      ("socket-mode = \"0660\"", "socket-mode = \"660\"", [":26: control.socket-mode: "]),
      (
        "socket-mode = \"0660\"", "socket_mode = \"0660\"",
        [":26: control.socket_mode: unknown key. Did you mean socket-mode?"]
      ),
      ("/run/x.sock", "/run/" + String(repeating: "x", count: 103), [":25: control.socket: is longer than 107 bytes"]),
      ("domain admins", "a:b", [":27: control.operators-group: \"a:b\" is not the name of a group."]),
      ("own-user = \"operator\"", "own-user = \"admin\"", [":28: control.own-user: \"admin\" is not a choice."]),
      (
        "level = \"debug\"", "level = \"verbose\"",
        [":31: log.level: \"verbose\" is not a choice. Choose one of \"trace\""]
      ),
      ("retention = \"7d\"", "retention = \"23h\"", [":32: log.retention: \"23h\" is too short."]),
      ("[log]", "[mail]\nserver = 1\n[log]", [":30: mail: unknown key."]),
      ("[store]", "[[store]]", [":21: store: is an array. Give a table"]),
    ] as [(String, String, [String])]
  )
  func `tells file, line, key, what is wrong and the remedy`(from: String, to: String, expected: [String]) throws {
    try #require(Self.text.contains(from))
    let text = Self.text.replacing(from, with: to, maxReplacements: 1)
    var problems: [String] = []
    do throws(InvalidSettings) {
      _ = try Self.parse(text)
    } catch {
      problems = error.problems.map(\.description)
    }
    #expect(problems.count == expected.count, "\(problems)")
    for (problem, beginning) in zip(problems, expected) {
      #expect(problem.hasPrefix("/etc/adprov/adprovd.toml" + beginning), "\(problem)")
    }
  }

  @Test(arguments: ["", "domain = []", "[domain]\nname = \"a\""])
  func `needs a domain`(text: String) {
    #expect(throws: InvalidSettings.self) { try Self.parse(text) }
  }

  @Test func `that does not exist is a problem with its path`() {
    #expect(
      throws: InvalidSettings([
        SettingsProblem(
          file: "/nonexistent/adprovd.toml",
          message: "does not exist",
          remedy: "Check the path and the rights of the file"
        )
      ])
    ) {
      try DaemonSettings.load(from: "/nonexistent/adprovd.toml")
    }
  }

  @Test func `names what it refers to and cannot be read`() throws {
    let folder = try ScratchFolder()
    try folder.write("hunter2", to: "secret", mode: 0o600)
    let file = folder.path("adprovd.toml")
    let text = Self.text.replacing("method = \"keytab\"", with: "method = \"keytab\"\nkeytab = \"missing.keytab\"")
    let problems = try DaemonSettings(parsing: text, file: file).unreadableFiles()
    #expect(problems.map(\.line) == [8, 19])
    #expect(problems.map(\.key) == ["domain[1].ca-file", "domain[2].authentication.keytab"])
    #expect(
      problems.map(\.message) == [
        "\(folder.path("ca.pem")) does not exist", "\(folder.path("missing.keytab")) does not exist",
      ]
    )
  }

  @Test func `names a secret that is open to others`() throws {
    let folder = try ScratchFolder()
    try folder.write("hunter2", to: "secret", mode: 0o644)
    let text = Self.minimal.replacing("credential = \"ad-password\"", with: "file = \"secret\"")
    let problems = try DaemonSettings(parsing: text, file: folder.path("adprovd.toml")).unreadableFiles()
    #expect(
      problems.map(\.description) == [
        "\(folder.path("adprovd.toml")):7: domain[1].authentication.password: file \(folder.path("secret"))"
          + " is open to other users (mode 0644). Close it: chmod 600 \(folder.path("secret"))"
      ]
    )
  }
}
