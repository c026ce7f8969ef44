import Engine
import Foundation
import Model
import Testing

@Suite("Store: transactions")
struct StoreTransactionTests {
  struct Refusal: Error {}

  @Test("a write that throws leaves nothing behind, of any kind", arguments: StoreKind.allCases)
  func rollsBack(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let scene = try await store.write { try StoreScene(fixture, $0) }
      let before = try await store.read { try StoreObservation($0) }
      await #expect(throws: Refusal.self) {
        try await store.write { store in
          try scene.changeEverything(store)
          let inside = try StoreObservation(store)
          #expect(inside != before, "the body sees its own changes")
          throw Refusal()
        }
      }
      let after = try await store.read { try StoreObservation($0) }
      #expect(after == before)
      let version = try await store.write { try $0.nextVersion() }
      #expect(version == 2)
    }
  }

  @Test("a read keeps the state with which it began", arguments: StoreKind.allCases)
  func snapshot(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let fixture = try await StoreFixture(store)
      let (began, written) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      async let counts = store.read { store in
        let first = try store.liveObjectCount(in: fixture.source)
        began.signal()
        _ = written.wait(timeout: .now() + 60)
        return [first, try store.liveObjectCount(in: fixture.source)]
      }
      // On a thread of Dispatch, as the body above holds one of Swift's few.
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          began.wait()
          continuation.resume()
        }
      }
      try await store.write { _ = try fixture.add(1, to: $0) }
      written.signal()
      let seen = try await counts
      #expect(seen == [0, 0])
      let now = try await store.read { try $0.liveObjectCount(in: fixture.source) }
      #expect(now == 1)
    }
  }

  @Test("a cancelled task can still store what it learned", arguments: StoreKind.allCases)
  func cancelled(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await store.write { _ = try $0.registerSource(domain: "late.example.com") }
        return try await store.read { try $0.source(domain: "late.example.com") }
      }
      task.cancel()
      let source = try await task.value
      #expect(source != nil)
    }
  }

  @Test("concurrent writes happen one after the other", arguments: StoreKind.allCases)
  func concurrentWrites(_ kind: StoreKind) async throws {
    try await kind.withStore { store in
      let versions = try await withThrowingTaskGroup(of: [Int64].self) { group in
        for _ in 0..<20 {
          group.addTask { try await store.write { [try $0.nextVersion(), try $0.nextVersion()] } }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(versions.allSatisfy { $0[1] == $0[0] + 1 })
      #expect(Set(versions.joined()).count == 40)
    }
  }
}
