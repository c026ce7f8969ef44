import ControlAPI
import ControlClient
import Foundation
import HTTPTransport
import TestSupport
import Testing

/// What was done is told afterwards, by the daemon and by its command line.
@Suite("The provisioning log of a daemon", .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)"))
struct LogTests {
  @Test("tells of a create, a rename, a disable and a refused object with old and new values, once")
  func log() async throws {
    try await LabFolder.with(try LabEnvironment.required()) { lab in
      try await Installation.with { installation in
        try lab.addUser("anna", ["title: Clerk"])
        try lab.addUser("bert")
        let name = "\(lab.accountName("anna"))@\(try installation.lab["LAB_DOMAIN"])"
        try installation.writeConfiguration(
          scope: "mode = \"organizational-units\"\ninclude = ['\(lab.name)']",
          sink: """
            kind = "scim"
            endpoint = "\(installation.scim.endpoint)"
            token = { file = "\(installation.scim.tokenFile)" }
            """
        )
        let daemon = try await RunningDaemon.start(installation)
        try await daemon.run()
        let control = try installation.control
        let first = try await control.log("cloud", LogRequest())
        let created = try #require(first.entries.first { $0.name == lab.place("CN=anna") })
        #expect(created.action == .create && created.status == .success)
        #expect(created.remoteId != nil)
        #expect(created.changes.contains(.init(path: "userName", old: nil, new: .string(name))))

        var later = LogRequest()
        later.after = first.next
        later.wait = 30
        let awaiting = later
        // Asked before it happens, answered when it has.
        async let awaited = control.log("cloud", awaiting)
        try lab.rename("CN=anna", to: "CN=annika")
        try await daemon.run()
        let second = try await awaited
        let renamed = try #require(second.entries.first)
        #expect(renamed.name == lab.place("CN=annika"))
        #expect(renamed.action == .update)
        #expect(
          renamed.changes == [.init(path: "displayName", old: .string("anna"), new: .string("annika"))]
        )

        try lab.change("CN=bert", ["replace: userAccountControl", "userAccountControl: 546"])
        let domain = try installation.lab["LAB_DOMAIN"]
        try await installation.scim.makeForeignUser("\(lab.accountName("carl"))@\(domain)")
        try lab.addUser("carl")
        try await daemon.run()

        later.after = second.next
        later.wait = nil
        let rest = try await control.log("cloud", later)
        #expect(rest.entries.map(\.action.rawValue).sorted() == ["create", "disable"])
        let disabled = try #require(rest.entries.first { $0.action == .disable })
        #expect(disabled.changes == [.init(path: "active", old: .boolean(true), new: .boolean(false))])
        let refused = try #require(rest.entries.first { $0.action == .create })
        #expect(refused.status == .failure)
        #expect(refused.code == "uniqueness")
        #expect(refused.reason?.contains("another externalId") == true)

        later.after = rest.next
        try await daemon.run()
        let idle = try await control.log("cloud", later)
        #expect(idle.entries.isEmpty, "a second run adds nothing")

        let runs = try await control.runs("cloud")
        #expect(runs.first?.id ?? 0 > runs.last?.id ?? 0)
        let text = try await installation.adprovctl("log", "cloud", "--changes", "--object", disabled.object)
        #expect(text.output.contains("✓ disable \(lab.place("CN=bert"))\n    active: true → false\n"), "\(text.output)")
        let failures = try await installation.adprovctl("log", "cloud", "--status", "failure")
        #expect(
          failures.output.contains("✗ create  \(lab.place("CN=carl")) - failed (uniqueness): "),
          "\(failures.output)"
        )
        #expect(try await installation.adprovctl("runs", "cloud").output.contains("restart"))
        #expect(await daemon.stop().status == 0)
      }
    }
  }
}

extension SCIMInstance {
  /// Somebody else's, with a name that a user of ours is to have.
  fileprivate func makeForeignUser(_ userName: String) async throws {
    let token = try String(contentsOfFile: tokenFile, encoding: .utf8)
    let user =
      [
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": userName,
        "externalId": "somebody else's",
      ] as [String: any Sendable]
    let response = try await Transport.shared().send(
      HTTPRequest(
        method: "POST",
        url: "\(endpoint)/Users",
        headers: [
          HTTPHeader("Authorization", "Bearer \(token)"), HTTPHeader("Content-Type", "application/scim+json"),
        ],
        body: Array(try JSONSerialization.data(withJSONObject: user))
      )
    )
    guard response.status == 201 else { throw InstallationError("POST was answered with \(response.status)") }
  }
}
