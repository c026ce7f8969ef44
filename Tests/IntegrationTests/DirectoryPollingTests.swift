import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite(
  "Polling of uSNChanged at a real domain",
  .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence))
)
struct DirectoryPollingTests {
  private let lab: LabEnvironment
  private let time = ManualTime()
  private let domain: ActiveDirectoryDomain

  init() throws {
    lab = try .required()
    domain = try lab.directory(lab.options(method: .always(.updateSequence)), time: time)
  }

  @Test func `each event in the life of a user and a group is seen`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addGroup("Crew")
      let crew = try #require(await domain.guid(folder.place("CN=Crew")))
      let first = try await domain.changes(since: nil)
      #expect(first.changes.count > 100)
      #expect(first.changes.last { $0.guid == crew }?.members == .all([]))
      var cookie = first.cookie

      try folder.addUser("Ada", ["title: Countess"])
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      let created = try #require(await domain.change(of: ada, since: &cookie))
      #expect(created.name == "Ada")
      #expect(created.isDeleted == nil)
      #expect(created.attributes["title"] == [Array("Countess".utf8)])

      try folder.change("CN=Ada", ["delete: title", "-", "replace: mail", "mail: ada@example.test"])
      let modified = try #require(await domain.change(of: ada, since: &cookie))
      #expect(modified.attributes["title"] == [])
      #expect(modified.attributes["mail"] == [Array("ada@example.test".utf8)])

      try folder.change("CN=Crew", ["add: member", "member: \(folder.place("CN=Ada"))"])
      #expect(try await domain.change(of: crew, since: &cookie)?.members == .all([ada]))
      try folder.change("CN=Crew", ["delete: member", "member: \(folder.place("CN=Ada"))"])
      #expect(try await domain.change(of: crew, since: &cookie)?.members == .all([]))

      try folder.delete("CN=Ada")
      let deleted = try #require(await domain.change(of: ada, since: &cookie))
      #expect(deleted.isDeleted == true)
      #expect(deleted.name == "Ada")
    }
  }

  @Test func `what is older than the window does not come again`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada")
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      let first = try await domain.changes(since: nil)
      time.advance(by: .seconds(301))
      let second = try await domain.changes(since: first.cookie)
      #expect(second.changes.contains { $0.guid == ada }, "it may have been committed late")
      let third = try await domain.changes(since: second.cookie)
      #expect(!third.changes.contains { $0.guid == ada })
      let root = try await domain.describe().namingContextGUID
      #expect(!third.changes.contains { $0.guid == root }, "other tests may change the domain, but not all of it")
      try folder.change("CN=Ada", ["replace: title", "title: Countess"])
      let fourth = try await domain.changes(since: third.cookie)
      #expect(fourth.changes.last { $0.guid == ada }?.attributes["title"] == [Array("Countess".utf8)])
    }
  }

  @Test func `the engine keeps a sink equal to the domain, and writes nothing twice`() async throws {
    try await LabFolder.with(lab) { folder in
      try folder.addUser("Ada", ["title: Countess"])
      try folder.addUser("Bob")
      try folder.addGroup("Crew", ["member: \(folder.place("CN=Ada"))"])
      let ada = try #require(await domain.guid(folder.place("CN=Ada")))
      let bob = try #require(await domain.guid(folder.place("CN=Bob")))
      let crew = try #require(await domain.guid(folder.place("CN=Crew")))
      let world = try World(.organizationalUnits([DistinguishedName(parsing: folder.name)]))
      let pipeline = world.pipeline(domain)
      await pipeline.use([world.configuration])
      func run() async throws {
        _ = try await pipeline.refresh()
        try await world.export()
      }
      try await run()
      #expect(Set(world.sink.held.map(\.resource.externalID)) == [ada, bob, crew])
      #expect(world.sink.held(crew)?.members == [ada])
      #expect(world.sink.held(ada)?.resource.attributes["title"] == .string("Countess"))

      world.sink.forgetOperations()
      try await run()
      #expect(world.sink.operations.isEmpty)

      try folder.change("CN=Crew", ["add: member", "member: \(folder.place("CN=Bob"))"])
      try folder.change("CN=Ada", ["replace: title", "title: Analyst"])
      try await run()
      #expect(world.sink.held(crew)?.members == [ada, bob])
      #expect(world.sink.held(ada)?.resource.attributes["title"] == .string("Analyst"))

      try folder.delete("CN=Ada")
      try await run()
      #expect(world.sink.held(ada)?.resource.isActive == false)
      #expect(world.sink.held(crew)?.members == [bob])

      world.sink.forgetOperations()
      try await run()
      #expect(world.sink.operations.isEmpty)
    }
  }
}
