import ControlAPI
import Foundation
import TestSupport
import Testing

@Suite("A daemon that is killed", .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)"))
struct CrashTests {
  /// The lab's own population: some hundred users and the groups they are in.
  private static func wholeLab(_ lab: LabEnvironment) throws -> String {
    "mode = \"organizational-units\"\ninclude = ['OU=Lab,\(try lab["LAB_BASE_DN"])']"
  }

  @Test("in the middle of a first run ends, started again, with exactly the right resources, none twice")
  func killedInFirstRun() async throws {
    try await Installation.with { installation in
      let lab = installation.lab
      try installation.writeConfiguration(
        scope: Self.wholeLab(lab),
        interval: "1h"
      )
      let expected = try await Expected.of(lab)
      try #require(expected.users.count >= 200)

      // Killed again and again, each time as soon as the server has seen some more of it.
      for milestone in [20, 60, 100] {
        let daemon = try await RunningDaemon.start(installation)
        try await installation.scim.waitForCreates(milestone)
        await daemon.crash()
      }
      let partial = try await installation.scim.contents()
      #expect(partial.users.count < expected.users.count)

      let daemon = try await RunningDaemon.start(installation)
      let run = try await daemon.run()
      #expect(run.outcome == .success)
      let cloud = try await installation.scim.contents()
      #expect(cloud.userNames == expected.users)
      #expect(cloud.groupNames == expected.groups)
      #expect(Set(cloud.users.compactMap(\.externalId)).count == cloud.users.count)
      for (group, members) in expected.members {
        #expect(cloud.members(of: group) == members, "members of \(group)")
      }

      let before = try installation.scim.requests
      try await daemon.run()
      let more = try installation.scim.requests(after: before)
      #expect(more == [])
      let (status, _) = await daemon.stop()
      #expect(status == 0)
    }
  }

  @Test("by SIGTERM in the middle of a first run stops within five seconds and loses nothing")
  func stoppedInFirstRun() async throws {
    try await Installation.with { installation in
      try installation.writeConfiguration(scope: Self.wholeLab(installation.lab))
      let expected = try await Expected.of(installation.lab)
      let daemon = try await RunningDaemon.start(installation)
      try await installation.scim.waitForCreates(30)
      let (status, duration) = await daemon.stop()
      #expect(status == 0)
      #expect(duration < .seconds(5))
      #expect(!FileManager.default.fileExists(atPath: installation.socket))

      let second = try await RunningDaemon.start(installation)
      try await second.run()
      let cloud = try await installation.scim.contents()
      #expect(cloud.userNames == expected.users)
      #expect(cloud.groupNames == expected.groups)
    }
  }

  @Test("leaves a file that goes on where it was, each operation once")
  func killedWhileWritingAFile() async throws {
    try await Installation.with { installation in
      try installation.writeConfiguration(
        scope: Self.wholeLab(installation.lab),
        sink: "kind = \"file\"\npath = \"\(installation.archive)\""
      )
      let expected = try await Expected.of(installation.lab)
      let daemon = try await RunningDaemon.start(installation)
      // The users are one batch, so the groups and memberships are still to come.
      try await ChildProcess.waitForLines(1, like: "\"create\"", in: installation.archive)
      await daemon.crash()
      let second = try await RunningDaemon.start(installation)
      try await second.run()

      let lines = try String(contentsOfFile: installation.archive, encoding: .utf8).split(separator: "\n")
      let operations = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
      #expect(Set(operations.map(\.id)).count == operations.count)
      #expect(operations.count { $0.action == "create" && $0.kind == "user" } == expected.users.count)
      #expect(operations.count { $0.action == "create" && $0.kind == "group" } == expected.groups.count)
    }
  }

  private struct Line: Decodable {
    let id: String
    let action: String
    let kind: String
  }
}
