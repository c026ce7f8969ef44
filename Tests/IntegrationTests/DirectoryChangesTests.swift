import ActiveDirectory
import DirectoryTestSupport
import Engine
import Model
import Synchronization
import TestSupport
import Testing

@Suite("Changes of a real domain", .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence)))
struct DirectoryChangesTests {
  private let lab: LabEnvironment
  private let domain: ActiveDirectoryDomain

  init() throws {
    lab = try .required()
    domain = try lab.directory()
  }

  @Test func `the first answer holds the whole domain, the next one nothing of it`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUnit("Sales")
      try folder.addUser("Ada", ["mail: ada@example.test"])
      try folder.addGroup("Readers", ["member: \(folder.place("CN=Ada"))"])
      let names = ["OU=Sales", "CN=Ada", "CN=Readers"].map(folder.place)
      var guids: [GUID] = []
      for name in names { guids.append(try #require(await domain.guid(name))) }
      let description = try await domain.describe()

      let first = try await domain.changes(since: nil)
      let found = Dictionary(grouping: first.changes, by: \.guid)
      #expect(found[description.namingContextGUID]?.first?.objectClass == .domain)
      #expect(found[guids[0]]?.map(\.objectClass) == [.organizationalUnit])
      #expect(found[guids[1]]?.map(\.name) == ["Ada"])
      #expect(found[guids[1]]?.first?.attributes["mail"] == [Array("ada@example.test".utf8)])
      #expect(found[guids[1]]?.first?.primaryGroupRID == 513)
      #expect(found[guids[1]]?.first?.sid?.description.hasPrefix("\(description.domainSID)-") == true)
      #expect(found[guids[1]]?.first?.isDeleted == nil)
      #expect(found[guids[2]]?.first?.members == .difference(added: [guids[1]], removed: []))
      #expect(!first.changes.contains { $0.objectClass == .computer })

      let second = try await domain.changes(since: first.cookie)
      #expect(!second.changes.contains { guids.contains($0.guid) })
      let root = description.namingContextGUID
      #expect(!second.changes.contains { $0.guid == root }, "other tests may change the domain, but not all of it")
    }
  }

  @Test func `each event in the life of a user is seen as just that`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUnit("Sales")
      let folderGUID = try #require(await domain.guid(folder.name))
      let sales = try #require(await domain.guid(folder.place("OU=Sales")))
      var cookie = try await domain.changes(since: nil).cookie

      try folder.addUser("Grace Hopper", ["title: Commander"])
      let guid = try #require(await domain.guid(folder.place("CN=Grace Hopper")))
      let created = try #require(await domain.change(of: guid, since: &cookie))
      #expect(created.objectClass == .user)
      #expect(created.name == "Grace Hopper")
      #expect(created.parent == folderGUID)
      #expect(created.attributes["title"] == [Array("Commander".utf8)])
      #expect(created.attributes["mail"] == nil)

      try folder.change("CN=Grace Hopper", ["replace: mail", "mail: grace@example.test"])
      let modified = try await domain.change(of: guid, since: &cookie)
      #expect(modified == DirectoryChange(guid: guid, attributes: ["mail": [Array("grace@example.test".utf8)]]))

      try folder.change("CN=Grace Hopper", ["delete: title"])
      let cleared = try await domain.change(of: guid, since: &cookie)
      #expect(cleared == DirectoryChange(guid: guid, attributes: ["title": []]))

      try folder.change("CN=Grace Hopper", ["replace: userAccountControl", "userAccountControl: 546"])
      let disabled = try await domain.change(of: guid, since: &cookie)
      #expect(disabled == DirectoryChange(guid: guid, attributes: ["userAccountControl": [Array("546".utf8)]]))

      try folder.rename("CN=Grace Hopper", to: "CN=Grace B. Hopper")
      let renamed = try await domain.change(of: guid, since: &cookie)
      #expect(renamed == DirectoryChange(guid: guid, name: "Grace B. Hopper", parent: folderGUID))

      try folder.rename("CN=Grace B. Hopper", to: "CN=Grace B. Hopper", below: folder.place("OU=Sales"))
      let moved = try await domain.change(of: guid, since: &cookie)
      #expect(moved == DirectoryChange(guid: guid, name: "Grace B. Hopper", parent: sales))

      try folder.delete("CN=Grace B. Hopper,OU=Sales")
      let deleted = try #require(await domain.change(of: guid, since: &cookie))
      #expect(deleted.isDeleted == true)
      #expect(deleted.name == "Grace B. Hopper")
      #expect(deleted.lastKnownParent == sales)
      #expect(deleted.attributes["mail"] == [])
    }
  }

  @Test func `members come as what was added and what was removed`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("One")
      try folder.addUser("Two")
      try folder.addGroup("Crew", ["member: \(folder.place("CN=One"))"])
      let one = try #require(await domain.guid(folder.place("CN=One")))
      let two = try #require(await domain.guid(folder.place("CN=Two")))
      let crew = try #require(await domain.guid(folder.place("CN=Crew")))
      var cookie = try await domain.changes(since: nil).cookie

      try folder.change(
        "CN=Crew",
        [
          "add: member", "member: \(folder.place("CN=Two"))", "-", "delete: member",
          "member: \(folder.place("CN=One"))",
        ]
      )
      let swapped = try await domain.change(of: crew, since: &cookie)
      #expect(swapped == DirectoryChange(guid: crew, members: .difference(added: [two], removed: [one])))

      try folder.delete("CN=Two")
      let (changes, _) = try await domain.changes(since: cookie)
      #expect(changes.first { $0.guid == two }?.isDeleted == true)
      #expect(!changes.contains { $0.guid == crew }, "AD reports nothing on the group of a deleted member")
    }
  }

  @Test func `a manager is an attribute whose new value replaces the old one`() async throws {
    try await LabFolder.with(lab) { folder in
      for name in ["Boss", "Chief", "Worker"] { try folder.addUser(name) }
      try folder.change("CN=Worker", ["add: manager", "manager: \(folder.place("CN=Boss"))"])
      let worker = try #require(await domain.guid(folder.place("CN=Worker")))
      let chief = try #require(await domain.guid(folder.place("CN=Chief")))
      var cookie = try await domain.changes(since: nil).cookie

      try folder.change("CN=Worker", ["replace: manager", "manager: \(folder.place("CN=Chief"))"])
      let replaced = try #require(await domain.change(of: worker, since: &cookie))
      let values = try #require(replaced.attributes["manager"])
      #expect(values.count == 1)
      #expect(values.first.map { String(decoding: $0, as: UTF8.self).contains("<GUID=\(chief)>") } == true)

      try folder.change("CN=Worker", ["delete: manager"])
      #expect(try await domain.change(of: worker, since: &cookie)?.attributes["manager"] == [])
    }
  }

  @Test func `renaming an organizational unit reports it and nothing below it`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUnit("Old")
      try folder.add("CN=Child,OU=Old", ["objectClass: user", "sAMAccountName: \(folder.accountName("child"))"])
      let unit = try #require(await domain.guid(folder.place("OU=Old")))
      let child = try #require(await domain.guid(folder.place("CN=Child,OU=Old")))
      let cookie = try await domain.changes(since: nil).cookie
      try folder.rename("OU=Old", to: "OU=New")
      let (changes, _) = try await domain.changes(since: cookie)
      #expect(changes.first { $0.guid == unit }?.name == "New")
      #expect(!changes.contains { $0.guid == child })
    }
  }

  @Test func `the container of the deleted comes as what it is, a container`() async throws {
    let (changes, _) = try await domain.changes(since: nil)
    let container = changes.first { $0.name == "Deleted Objects" }
    #expect(container?.objectClass == .container)
    #expect(container?.isDeleted == true)
  }

  @Test func `a cookie that the server cannot read is rejected`() async throws {
    await #expect {
      try await domain.changes(since: Array("no cookie".utf8))
    } throws: { error in
      if case .cookieRejected = error as? DirectoryError { true } else { false }
    }
  }

  @Test func `an error of the receiver ends the search and leaves the directory usable`() async throws {
    struct Full: Error {}
    await #expect(throws: Full.self) {
      _ = try await domain.changes(since: nil, attributes: []) { _ in throw Full() }
    }
    #expect(try await domain.describe().highestCommittedUSN > 0)
  }

  @Test func `objects can be read while changes are delivered`() async throws {
    let head = try await domain.describe().namingContextGUID
    let seen = Atomic(0)
    _ = try await domain.changes(since: nil, attributes: []) { changes in
      seen.add(changes.count, ordering: .relaxed)
      let read = try await domain.read([head], attributes: [], notBehind: nil)
      #expect(read[head]??.objectClass == .domain)
    }
    #expect(seen.load(ordering: .relaxed) > 100)
  }
}
