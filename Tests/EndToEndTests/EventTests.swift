import ControlAPI
import Foundation
import TestSupport
import Testing

/// What happens in a real Active Directory, seen at a real SCIM server.
@Suite("Events of the directory", .enabled(if: LabEnvironment.isUsable, "\(LabEnvironment.absence)"))
struct EventTests {
  /// Two units, of which the first is in scope; three users and two groups, one in the other.
  private func withScene(_ body: (Scene) async throws -> Void) async throws {
    try await LabFolder.with(try LabEnvironment.required()) { lab in
      try await Installation.with { installation in
        let scene = try await Scene(lab, installation)
        try await body(scene)
        let (status, _) = await scene.daemon.stop()
        #expect(status == 0)
      }
    }
  }

  @Test("are carried one by one, each as exactly the right change")
  func events() async throws {
    try await withScene { scene in
      let lab = scene.lab
      var cloud = try await scene.sync()
      #expect(cloud.userNames == scene.names("anna", "bert"))
      #expect(cloud.groupNames == scene.groupNames("Inner", "Outer"))
      let anna = try #require(cloud.user(scene.name("anna")))

      // modify, clear
      try lab.change("CN=anna,OU=In", ["replace: title", "title: Head"])
      try lab.change("CN=bert,OU=In", ["delete: title"])
      cloud = try await scene.sync()
      #expect(cloud.user(scene.name("anna"))?.title == "Head")
      #expect(cloud.user(scene.name("bert"))?.title == nil)

      // rename; move within the scope
      try lab.rename("CN=anna,OU=In", to: "CN=annika")
      try lab.addUnit("Below,OU=In")
      try lab.rename("CN=annika,OU=In", to: "CN=annika", below: lab.place("OU=Below,OU=In"))
      cloud = try await scene.sync()
      #expect(cloud.user(scene.name("anna"))?.displayName == "annika")
      #expect(cloud.user(scene.name("anna"))?.id == anna.id)

      // disable
      try lab.change("CN=bert,OU=In", ["replace: userAccountControl", "userAccountControl: 546"])
      cloud = try await scene.sync()
      #expect(cloud.user(scene.name("bert"))?.active == false)

      // members
      try lab.change("CN=Outer,OU=In", ["add: member", "member: \(lab.place("CN=bert,OU=In"))"])
      cloud = try await scene.sync()
      #expect(cloud.members(of: scene.groupName("Outer")) == [scene.name("bert"), scene.groupName("Inner")])
      try lab.change("CN=Outer,OU=In", ["delete: member", "member: \(lab.place("CN=bert,OU=In"))"])
      cloud = try await scene.sync()
      #expect(cloud.members(of: scene.groupName("Outer")) == [scene.groupName("Inner")])

      // an OU moved out of scope with all in it, which AD reports without them; and back
      try lab.rename("OU=Below,OU=In", to: "OU=Below", below: lab.place("OU=Out"))
      cloud = try await scene.sync()
      #expect(cloud.user(scene.name("anna"))?.active == false)
      #expect(cloud.members(of: scene.groupName("Inner")) == [])
      try lab.rename("OU=Below,OU=Out", to: "OU=Below", below: lab.place("OU=In"))
      cloud = try await scene.sync()
      #expect(cloud.user(scene.name("anna"))?.active == true)
      #expect(cloud.user(scene.name("anna"))?.id == anna.id)
      #expect(cloud.members(of: scene.groupName("Inner")) == [scene.name("anna")])

      // the OU of the scope itself renamed
      try lab.rename("OU=In", to: "OU=Inside")
      let before = try scene.installation.scim.requests
      try await scene.daemon.run()
      #expect(try scene.installation.scim.requests == before)

      // entering, create, delete
      try lab.rename("CN=carl,OU=Out", to: "CN=carl", below: lab.place("OU=Inside"))
      try lab.addUser("dora,OU=Inside", [])
      try lab.delete("CN=bert,OU=Inside")
      cloud = try await scene.sync()
      #expect(cloud.userNames == scene.names("anna", "bert", "carl", "dora"))
      #expect(cloud.user(scene.name("bert"))?.active == false)
      #expect(cloud.user(scene.name("dora"))?.active == true)

      // a run after a run
      let idle = try scene.installation.scim.requests
      let run = try await scene.daemon.run()
      #expect(try scene.installation.scim.requests == idle)
      #expect(run.outcome == .success)
    }
  }

  @Test("follow the members of a scope group, through groups in it")
  func groupScope() async throws {
    try await LabFolder.with(try LabEnvironment.required()) { lab in
      try await Installation.with { installation in
        try lab.addUser("anna")
        try lab.addUser("bert")
        try lab.addGroup("Inner")
        try lab.addGroup("Outer", ["member: \(lab.place("CN=Inner"))", "member: \(lab.place("CN=bert"))"])
        try lab.change("CN=Inner", ["add: member", "member: \(lab.place("CN=anna"))"])
        try installation.writeConfiguration(
          scope: "mode = \"groups\"\ninclude = ['\(lab.place("CN=Outer"))']",
          sink: """
            kind = "scim"
            endpoint = "\(installation.scim.endpoint)"
            token = { file = "\(installation.scim.tokenFile)" }
            on-leave-scope = "delete"
            nested-groups = true
            """
        )
        let daemon = try await RunningDaemon.start(installation)
        try await daemon.run()
        var cloud = try await installation.scim.contents()
        #expect(cloud.userNames == ["anna", "bert"].map(lab.accountName).sorted())
        #expect(cloud.groupNames.sorted() == ["Inner", "Outer"])

        try lab.change("CN=Outer", ["delete: member", "member: \(lab.place("CN=Inner"))"])
        try await daemon.run()
        cloud = try await installation.scim.contents()
        #expect(cloud.userNames == [lab.accountName("bert")])
        #expect(cloud.groupNames == ["Outer"])
        #expect(cloud.members(of: "Outer") == [lab.accountName("bert")])

        // The scope group is deleted: nothing is concluded from that.
        try lab.delete("CN=Outer")
        let run = try await daemon.run()
        #expect(run.outcome == .failure)
        #expect(run.detail?.contains("was deleted from the directory") == true)
        cloud = try await installation.scim.contents()
        #expect(cloud.userNames == [lab.accountName("bert")])
        #expect(cloud.groupNames == ["Outer"])
      }
    }
  }
}

/// The units, users and groups that `EventTests` works on, provisioned by a running daemon.
private struct Scene {
  let lab: LabFolder
  let installation: Installation
  let daemon: RunningDaemon

  init(_ lab: LabFolder, _ installation: Installation) async throws {
    self.lab = lab
    self.installation = installation
    for unit in ["In", "Out"] { try lab.addUnit(unit) }
    try lab.addUser("anna,OU=In", ["title: Clerk"])
    try lab.addUser("bert,OU=In", ["title: Clerk"])
    try lab.addUser("carl,OU=Out")
    try lab.addGroup("Inner,OU=In", ["member: \(lab.place("CN=anna,OU=In"))"])
    try lab.addGroup("Outer,OU=In", ["member: \(lab.place("CN=Inner,OU=In"))"])
    try installation.writeConfiguration(
      scope: "mode = \"organizational-units\"\ninclude = ['\(lab.place("OU=In"))']",
      sink: """
        kind = "scim"
        endpoint = "\(installation.scim.endpoint)"
        token = { file = "\(installation.scim.tokenFile)" }
        nested-groups = true
        """
    )
    daemon = try await RunningDaemon.start(installation)
  }

  func sync() async throws -> SCIMContents {
    try await daemon.run()
    return try await installation.scim.contents()
  }

  func name(_ user: String) -> String {
    lab.accountName("\(user),OU=\(user == "carl" ? "Out" : user == "dora" ? "Inside" : "In")")
  }
  func names(_ users: String...) -> [String] { users.map(name).sorted() }
  func groupName(_ group: String) -> String { group }
  func groupNames(_ groups: String...) -> [String] { groups.sorted() }
}
