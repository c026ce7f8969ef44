import ControlAPI
import ControlClient
import Foundation
import TestSupport
import Testing

@Suite("An administrator", .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)"))
struct AdministrationTests {
  @Test("makes a configuration, enables it, runs it and disables it with adprovctl")
  func configuration() async throws {
    try await Installation.with { installation in
      let daemon = try await RunningDaemon.start(installation)
      let unit = "OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])"
      let made = try await installation.adprovctl(
        "config",
        "new",
        "cloud",
        "--notify",
        "ops@example.com",
        "--ou",
        unit,
        "--sink",
        "scim",
        "--endpoint",
        installation.scim.endpoint,
        "--token-file",
        installation.scim.tokenFile
      )
      #expect(made.status == 0, "\(made.errors)")
      #expect(try await installation.adprovctl("config", "show", "cloud").output.contains(unit))
      #expect(try await installation.adprovctl("restart", "cloud").status == 1)

      #expect(try await installation.adprovctl("config", "enable", "cloud").status == 0)
      let run = try await installation.adprovctl("restart", "cloud", "--wait")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try await !installation.scim.contents().groups.isEmpty)
      #expect(try await installation.adprovctl("status").output.contains("cloud"))
      #expect(try await installation.adprovctl("health").status == 0)

      #expect(try await installation.adprovctl("config", "disable", "cloud").status == 0)
      #expect(try await installation.control.configuration("cloud").enabled == false)
      #expect(await daemon.stop().status == 0)
    }
  }

  @Test("keeps the comments of a file when enabling it")
  func comments() async throws {
    try await Installation.with { installation in
      try installation.writeConfiguration(scope: "mode = \"all\"", enabled: false)
      let daemon = try await RunningDaemon.start(installation)
      _ = try await installation.control.setEnabled(true, of: "cloud")
      let text = try await installation.control.configuration("cloud").text
      #expect(text.contains("# written by hand, to be kept"))
      #expect(text.contains("enabled = true"))
      #expect(await daemon.stop().status == 0)
    }
  }

  @Test("reloads a bad file without harm: what is in force stays, and the reason is told")
  func badReload() async throws {
    try await Installation.with { installation in
      let scope =
        "mode = \"organizational-units\"\ninclude = ['OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      try installation.writeConfiguration(scope: scope)
      let daemon = try await RunningDaemon.start(installation)
      try installation.writeConfiguration(scope: scope + "\ntypo = 1")
      let reload = try await installation.adprovctl("reload")
      #expect(reload.status == 1)
      #expect(reload.errors.contains("typo"))
      #expect(try await daemon.run().outcome == .success)

      try installation.writeConfiguration("second", scope: scope, enabled: false)
      try installation.writeConfiguration(scope: scope)
      #expect(try await installation.adprovctl("reload").status == 0)
      #expect(try await installation.control.configurations().map(\.name) == ["cloud", "second"])
      #expect(await daemon.stop().status == 0)
    }
  }

  @Test("disables a configuration although another file is wrong, and sees in status what is")
  func disableBesideBadFile() async throws {
    try await Installation.with { installation in
      let scope =
        "mode = \"organizational-units\"\ninclude = ['OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      try installation.writeConfiguration(scope: scope)
      try installation.writeConfiguration("broken", scope: scope + "\ntypo = 1")
      let daemon = try await RunningDaemon.start(installation)
      #expect(try await installation.adprovctl("status").output.contains("typo"))
      #expect(try await installation.adprovctl("config", "disable", "cloud").status == 0)
      #expect(try await installation.control.configuration("cloud").status.health == .disabled)
      #expect(await daemon.stop().status == 0)
    }
  }

  @Test("who waits for a run does not hold up a stop, and is told of it")
  func stopWhileWaiting() async throws {
    try await Installation.with { installation in
      let scope = "mode = \"organizational-units\"\ninclude = ['OU=Lab,\(try installation.lab["LAB_BASE_DN"])']"
      let silent = try SilentServer()
      let token = "token = { file = \"\(installation.scim.tokenFile)\" }"
      try installation.writeConfiguration(
        scope: scope,
        sink: "kind = \"scim\"\nendpoint = \"http://127.0.0.1:\(silent.port)/v2\"\n\(token)"
      )
      let daemon = try await RunningDaemon.start(installation)
      async let waiting = installation.adprovctl("restart", "cloud", "--wait")
      await silent.untilSomebodyConnects()
      let (status, duration) = await daemon.stop()
      #expect(status == 0)
      #expect(duration < .seconds(5))
      let answer = try await waiting
      #expect(answer.status == 1)
      #expect(answer.errors.contains("was asked to stop"), "\(answer.errors)")
    }
  }

  @Test("is told how to start a daemon that does not run")
  func noDaemon() async throws {
    try await Installation.with { installation in
      let status = try await installation.adprovctl("status")
      #expect(status.status == 1)
      #expect(status.errors.contains("adprovd"))
    }
  }
}
