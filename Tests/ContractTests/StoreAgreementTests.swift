import Engine
import Model
import SQLiteStore
import Testing
import TestSupport

@Suite("Store: the implementations agree")
struct StoreAgreementTests {
  @Test("on every answer, after the same random changes", arguments: [1, 2, 3, 4] as [UInt64])
  func agree(_ seed: UInt64) async throws {
    try await withScratchFolder { folder in
      let sqlite = try SQLiteStore(path: folder + "/store.sqlite")
      let memory = MemoryStore()
      var random = SplitMix64(seed: seed)
      for step in 0..<40 {
        let work = StoreWork(seed: random.next())
        let expected = await work.run(on: sqlite)
        let found = await work.run(on: memory)
        try #require(found == expected, "step \(step) of seed \(seed)")
      }
      try sqlite.close()
    }
  }
}

/// One write of random changes, of which some are refused and some are given up at the end.
private struct StoreWork: Sendable {
  struct GivenUp: Error {}

  struct Outcome: Equatable {
    var answers: [String]
    var observation: StoreObservation?
  }

  let seed: UInt64

  func run(on store: any Store) async -> Outcome {
    let (work, seed) = (self, seed)
    let answers = try? await store.write { store in
      var random = SplitMix64(seed: seed)
      let answers = (0..<25).map { _ in work.change(store, &random) }
      if random.below(5) == 0 { throw GivenUp() }
      return answers
    }
    return Outcome(answers: answers ?? [], observation: try? await store.read { try StoreObservation($0) })
  }

  /// Gives the answer as text, or that the change was refused.
  private func change(_ store: any StoreWriter, _ random: inout SplitMix64) -> String {
    do { return "\(try StoreChange(&random).apply(to: store))" } catch { return "refused" }
  }
}

struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
