import ControlAPI
import ControlClient
import TestSupport
import Testing

@Suite("A sink that was changed by others", .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)"))
struct DriftTests {
  private static func with(_ body: (Installation) async throws -> Void) async throws {
    try await Installation.with { installation in
      let unit = "OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])"
      try installation.writeConfiguration(scope: "mode = \"organizational-units\"\ninclude = [\"\(unit)\"]")
      let daemon = try await RunningDaemon.start(installation)
      let first = try await installation.adprovctl("restart", "cloud", "--wait")
      #expect(first.status == 0, "\(first.errors)")
      try await body(installation)
      #expect(await daemon.stop().status == 0)
    }
  }

  @Test("is compared without being touched, repaired on demand, and then holds what it should")
  func reconcile() async throws {
    try await Self.with { installation in
      let whole = try await installation.scim.contents().groupNames
      let victim = try #require(try await installation.scim.contents().groups.first)
      try await installation.scim.deleteGroup(victim.id)

      let answer = try await installation.control.reconcile("cloud", isRepairing: false)
      #expect(answer.run.reason == "reconcile")
      #expect(answer.drift?.missing == 1)
      let guid = try #require(victim.externalId)
      #expect(answer.drift?.examples.map(\.guid) == [guid])
      #expect(answer.drift?.repaired == false)
      let compared = try await installation.adprovctl("reconcile", "cloud")
      #expect(compared.status == 1, "\(compared.output)")
      #expect(try await installation.scim.contents().groupNames == whole.filter { $0 != victim.displayName })

      let repaired = try await installation.adprovctl("reconcile", "cloud", "--repair")
      #expect(repaired.status == 0, "\(repaired.output) \(repaired.errors)")
      #expect(try await installation.scim.contents().groupNames == whole)
      let again = try await installation.adprovctl("reconcile", "cloud")
      #expect(again.status == 0 && again.output.contains("no drift"), "\(again.output)")
    }
  }

  @Test("is matched again by a restart that resets everything, and gets nothing twice")
  func resets() async throws {
    try await Self.with { installation in
      let groups = try await installation.scim.contents().groups.map(\.id).sorted()
      let preview = try await installation.control.previewRestart("cloud", resetting: Set(Reset.allCases))
      #expect(preview.links == groups.count)
      #expect(preview.escrows == 0)
      #expect(preview.pausedUntil == nil)
      let before = try #require(try await installation.control.status().domains.first)
      #expect(preview.objectsToRead == before.objects)
      #expect(before.method != nil && before.controller != nil && before.lastFullRead != nil)
      #expect(before.fullReadReason == nil && !before.readingInFull)

      #expect(try await installation.adprovctl("restart", "cloud", "--reset", "all", "--wait").status == 2)
      let reset = try await installation.adprovctl("restart", "cloud", "--reset", "all", "--wait", "--yes")
      #expect(reset.status == 0, "\(reset.errors)")
      #expect(reset.output.contains("for every configuration of the domain: \(before.objects ?? -1)"))
      #expect(try await installation.scim.contents().groups.map(\.id).sorted() == groups)
      let run = try #require(try await installation.control.configuration("cloud").status.lastRun)
      #expect(run.counts.imported >= before.objects ?? .max)
    }
  }

  @Test("that cannot be read is not compared, and says so")
  func unreadable() async throws {
    try await Installation.with { installation in
      let unit = "OU=Groups,OU=Lab,\(try installation.lab["LAB_BASE_DN"])"
      try installation.writeConfiguration(
        scope: "mode = \"organizational-units\"\ninclude = [\"\(unit)\"]",
        sink: "kind = \"file\"\npath = \"\(installation.archive)\""
      )
      let daemon = try await RunningDaemon.start(installation)
      let compared = try await installation.adprovctl("reconcile", "cloud")
      #expect(compared.status == 1)
      #expect(compared.errors.contains("cannot be read"), "\(compared.errors)")
      #expect(await daemon.stop().status == 0)
    }
  }
}
