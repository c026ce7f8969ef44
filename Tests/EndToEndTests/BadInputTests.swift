import ControlAPI
import ControlClient
import Foundation
import TestSupport
import Testing

@Suite(
  "What goes wrong is said in one clear sentence",
  .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)")
)
struct BadInputTests {
  @Test("of the settings: file, line, key and remedy, and exit status 78")
  func unknownSetting() async throws {
    try await Installation.with { installation in
      try installation.writeSettings(["ca-file": "cafile"])
      let refusal = try await installation.refusal()
      #expect(refusal.status == 78)
      #expect(refusal.errors.contains("adprovd.toml:8"))
      #expect(refusal.errors.contains("cafile"))
      #expect(refusal.errors.contains("ca-file"))
    }
  }

  @Test("of a configuration with groups and OUs: exit status 78 of the check, failed health of the daemon")
  func groupsAndUnits() async throws {
    try await Installation.with { installation in
      try installation.writeConfiguration(
        "bad",
        scope:
          "mode = \"groups\"\ngroups = [\"CN=A,DC=corp,DC=example,DC=test\"]\norganizational-units = [\"OU=B,DC=corp,DC=example,DC=test\"]"
      )
      try installation.writeConfiguration(
        "mixed",
        scope: "mode = \"groups\"\ninclude = [\"CN=A,DC=corp,DC=example,DC=test\", \"OU=B,DC=corp,DC=example,DC=test\"]"
      )
      try installation.writeConfiguration(
        "good",
        scope: "mode = \"organizational-units\"\ninclude = ['OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      )
      let check = try await installation.refusal("--check")
      #expect(check.status == 78)
      for file in ["bad.toml", "mixed.toml"] {
        let lines = check.errors.split(separator: "\n").filter { $0.contains(file) }
        #expect(lines.contains { $0.contains("groups and OUs cannot be combined") }, "\(check.errors)")
      }

      // The other configuration runs all the same.
      let daemon = try await RunningDaemon.start(installation)
      #expect(try await daemon.run("good").outcome == .success)
      let health = try await installation.control.health()
      #expect(health.status == .failed)
      #expect(health.reasons.contains { $0.code == "settings" && $0.message?.contains("cannot be combined") == true })
    }
  }

  struct Trouble: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Replacements in the settings file.
    var settings: [String: String] = [:]
    var scope = "mode = \"all\""
    var sink: String?
    let code: String
    let words: [String]
  }

  static let troubles = [
    Trouble(
      testDescription: "a scope DN that does not exist",
      scope: "mode = \"organizational-units\"\ninclude = [\"OU=Nowhere,DC=corp,DC=example,DC=test\"]",
      code: "scope",
      words: ["OU=Nowhere,DC=corp,DC=example,DC=test", "does not exist"]
    ),
    Trouble(
      testDescription: "a wrong password",
      settings: ["password = { file = \"": "password = { file = \"WRONG\" } #"],
      code: "directory-credentials",
      words: ["svc-adprov@", "password"]
    ),
    Trouble(
      testDescription: "an untrusted certificate",
      settings: ["ca-file": "#ca-file"],
      code: "directory-untrusted",
      words: ["ca-file"]
    ),
    Trouble(
      testDescription: "a domain controller that does not answer",
      settings: ["controllers = [\"": "controllers = [\"127.0.0.250\"] #"],
      code: "directory-unreachable",
      words: ["127.0.0.250"]
    ),
    Trouble(
      testDescription: "a sink that refuses the token",
      sink: "kind = \"scim\"\nendpoint = \"ENDPOINT\"\ntoken = { file = \"WRONG\" }",
      code: "sink",
      words: ["token", "401"]
    ),
    Trouble(
      testDescription: "a sink that does not answer",
      sink: "kind = \"scim\"\nendpoint = \"http://127.0.0.1:1/v2\"\ntoken = { file = \"WRONG\" }",
      code: "sink",
      words: ["127.0.0.1"]
    ),
  ]

  @Test("of the world outside: failed health with a code, and nothing lost or changed", arguments: troubles)
  func outside(trouble: Trouble) async throws {
    try await Installation.with { installation in
      let good =
        "mode = \"organizational-units\"\ninclude = ['OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      try installation.writeConfiguration(scope: good)
      // A wrong sink comes before anything was sent; whatever else goes wrong must leave alone what is there.
      if trouble.sink == nil { try await provision(installation) }
      let before = try await installation.scim.contents().groupNames

      let wrong = installation.folder + "/wrong-secret"
      try "wrong".write(toFile: wrong, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: wrong)
      let sink = trouble.sink?.replacingOccurrences(of: "ENDPOINT", with: installation.scim.endpoint)
        .replacingOccurrences(of: "WRONG", with: wrong)
      try installation.writeSettings(
        trouble.settings.mapValues { $0.replacingOccurrences(of: "WRONG", with: wrong) }
      )
      try installation.writeConfiguration(scope: trouble.scope, sink: sink)
      try await expect(trouble, at: installation)
      #expect(try await installation.scim.contents().groupNames == before)

      try installation.writeSettings()
      try installation.writeConfiguration(scope: good)
      try await provision(installation)
      #expect(try await installation.scim.contents().groupNames.count >= 20)
    }
  }

  private func provision(_ installation: Installation) async throws {
    let daemon = try await RunningDaemon.start(installation)
    #expect(try await daemon.run().outcome == .success)
    #expect(await daemon.stop().status == 0)
  }

  private func expect(_ trouble: Trouble, at installation: Installation) async throws {
    let daemon = try await RunningDaemon.start(installation)
    let run = try await daemon.run()
    #expect(run.outcome == .failure)
    let health = try await installation.control.health()
    let reason = try #require(health.reasons.first)
    #expect(health.status == .failed)
    #expect(reason.code == trouble.code)
    for word in trouble.words { #expect(reason.message?.contains(word) == true, "\(reason.message ?? "")") }
    #expect(try await installation.adprovctl("health").status == 1)
    #expect(await daemon.stop().status == 0)
  }

  @Test("of a store that another daemon uses: who, where, and exit status 75")
  func lockedStore() async throws {
    try await Installation.with { installation in
      let daemon = try await RunningDaemon.start(installation)
      let refusal = try await installation.refusal("--socket", installation.folder + "/other.sock")
      #expect(refusal.status == 75)
      #expect(refusal.errors.contains("state/adprov.sqlite"))
      #expect(await daemon.stop().status == 0)
    }
  }
}
