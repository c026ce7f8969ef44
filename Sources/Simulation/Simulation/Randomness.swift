import ADSimulator

/// What a simulation draws: the same for the same seed on every machine and in every process.
package struct Randomness: RandomNumberGenerator, Sendable {
  private var generator: SeededGenerator

  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  package mutating func next() -> UInt64 {
    generator.next()
  }

  /// Independent of what is drawn from here later.
  package mutating func fork() -> Randomness { Randomness(seed: next()) }

  package mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next() % UInt64(bound))
  }

  package mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

  package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  package mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }

  /// One of the keys, each as often as its weight says.
  package mutating func pick<Choice>(weighted choices: [(choice: Choice, weight: Int)]) -> Choice? {
    var rest = below(choices.reduce(0) { $0 + $1.weight })
    for (choice, weight) in choices where weight > 0 {
      if rest < weight { return choice }
      rest -= weight
    }
    return nil
  }
}
