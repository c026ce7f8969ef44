import Engine
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@Suite("A domain", .timeLimit(.minutes(1)))
struct PipelineTests {
  @Test("one configuration whose DN cannot be looked up does not stop the others")
  func isolation() async throws {
    let world = try World()
    await world.populate()
    let directory = OddDirectory(
      world.directory,
      onLocate: { name in
        if name.components.first?.value == "Sales" { throw DirectoryError.unexpected(detail: "no DN") }
      }
    )
    let broken = Configuration(
      name: "broken",
      domain: world.configuration.domain,
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: try .units("OU=Sales"), excluded: [], kinds: [.user]),
      mapping: .forTests,
      onLeaveScope: .disable
    )
    let pipeline = world.pipeline(directory)
    await pipeline.use([broken, world.configuration])
    let report = try await pipeline.refresh()
    #expect(report.problems["broken"] != nil)
    _ = try await world.export()
    #expect(world.sink.held.count == 5)
  }

  @Test("a base that is not imported yet decides nothing")
  func baseNotImported() async throws {
    var world = try World(.units("OU=Sales"), leaving: .delete)
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    world.configuration = try World(.units("OU=Sales", "OU=New"), leaving: .delete).configuration
    // An administrator makes a new OU and moves people there while the daemon reads.
    let directory = OddDirectory(
      world.directory,
      onLocate: { [directory = world.directory] _ in
        if await directory.node(.numbered(60)) == nil {
          _ = await directory.create(60, .organizationalUnit, "New")
        }
      }
    )
    world.configuration = try World(.units("OU=New"), leaving: .delete).configuration
    let pipeline = world.pipeline(directory)
    await pipeline.use([world.configuration])
    let report = try await pipeline.refresh()
    #expect(report.problems["cloud"] != nil)
  }

  @Test("a refresh of the old domain does not take back a configuration that moved")
  func movedConfiguration() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    let moved = Configuration(
      name: "cloud",
      domain: "other.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: world.configuration.scope,
      mapping: .forTests,
      onLeaveScope: .disable
    )
    // The daemon is told of the move while another configuration's refresh is under way.
    let store = world.store
    let directory = OddDirectory(
      world.directory,
      onChanges: {
        try await store.write { store in
          let source = try store.registerSource(domain: moved.domain)
          _ = try store.registerConfiguration(named: moved.name, source: source.id)
        }
      }
    )
    let pipeline = world.pipeline(directory)
    await pipeline.use([world.configuration])
    _ = try? await pipeline.refresh()
    let ok = try await store.read { store in
      try store.configuration(named: "cloud")?.source == store.source(domain: moved.domain)?.id
    }
    #expect(ok)
  }

  @Test("a cancelled waiter need not wait for a refresh that is not its own")
  func cancelledWaiter() async throws {
    let world = try World()
    await world.populate()
    let gate = Gate()
    let directory = OddDirectory(world.directory, onChanges: { await gate.wait() })
    let pipeline = world.pipeline(directory)
    await pipeline.use([world.configuration])
    let first = Task { try await pipeline.refresh() }
    await gate.untilSomebodyWaits()
    let second = Task { try await pipeline.refresh() }
    second.cancel()
    // It ends while the first is still held up.
    _ = await second.result
    await gate.open()
    _ = try await first.value
  }

  @Test("lost rights are not taken for deletions in a small domain either")
  func lostRightsSmall() async throws {
    let world = try World(leaving: .delete)
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    await world.directory.hide([.numbered(11), .numbered(12), .numbered(21), .numbered(22)])
    try await world.forgetCookie()
    _ = try? await world.run()
    #expect(world.sink.operations.isEmpty)
  }
}
