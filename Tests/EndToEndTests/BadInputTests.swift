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
        "good",
        scope: "mode = \"organizational-units\"\ninclude = ['OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      )
      let check = try await installation.refusal("--check")
      #expect(check.status == 78)
      #expect(check.errors.contains("groups and OUs cannot be combined"))

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
      settings: ["user = \"svc-adprov@": "user = \"nobody@"],
      code: "directory-credentials",
      words: ["nobody@", "password"]
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

  @Test("of the world outside: failed health with a code, and nothing lost once it is mended", arguments: troubles)
  func outside(trouble: Trouble) async throws {
    try await Installation.with { installation in
      let wrong = installation.folder + "/wrong-token"
      try "wrong".write(toFile: wrong, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: wrong)
      let sink = trouble.sink?.replacingOccurrences(of: "ENDPOINT", with: installation.scim.endpoint)
        .replacingOccurrences(of: "WRONG", with: wrong)
      try installation.writeSettings(trouble.settings)
      try installation.writeConfiguration(scope: trouble.scope, sink: sink)
      do {
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
      #expect(try await installation.scim.contents().users.isEmpty)

      try installation.writeSettings()
      try installation.writeConfiguration(
        scope: "mode = \"organizational-units\"\ninclude = ['OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      )
      let daemon = try await RunningDaemon.start(installation)
      #expect(try await daemon.run().outcome == .success)
      #expect(try await installation.scim.contents().users.count >= 200)
    }
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
