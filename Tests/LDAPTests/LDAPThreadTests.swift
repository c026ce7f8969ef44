import Glibc
import Testing

@testable import LDAP

@Suite struct LDAPThreadTests {
  private actor Worker {
    nonisolated let thread: LDAPThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
    private var count = 0

    init() throws { thread = try LDAPThread() }
    deinit { thread.stop() }

    func current() -> UInt { UInt(pthread_self()) }

    func step() -> Int {
      count += 1
      return count
    }
  }

  @Test func `every job of an actor runs on its one thread`() async throws {
    let worker = try Worker()
    let other = try Worker()
    let first = await worker.current()
    for _ in 0..<100 { #expect(await worker.current() == first) }
    #expect(await other.current() != first)
  }

  @Test func `jobs from many tasks are all run, one at a time`() async throws {
    let worker = try Worker()
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<1000 { group.addTask { await worker.step() } }
      return await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(counts == Set(1...1000))
  }

  @Test(.timeLimit(.minutes(1))) func `the thread ends with its actor`() async throws {
    weak var thread: LDAPThread?
    do {
      let worker = try Worker()
      thread = worker.thread
      _ = await worker.step()
    }
    while thread != nil { await Task.yield() }
  }
}
