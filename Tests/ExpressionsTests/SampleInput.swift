@testable import Expressions
import Synchronization

/// Attributes by name, a time that stands still and numbers that a seed decides.
final class SampleInput: ExpressionInput {
  private let values: [String: ExpressionValue]
  let now: ExpressionDate
  private let state: Mutex<UInt64>

  init(_ values: [String: ExpressionValue] = [:], seed: UInt64 = 1) {
    self.values = Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    // 2021-07-02T15:33:38Z.
    now = ExpressionDate(millisecondsSince1970: 1_625_240_018_000)
    state = Mutex(seed)
  }

  func value(of attribute: String) -> ExpressionValue { values[attribute.lowercased()] ?? .null }

  /// SplitMix64.
  func randomNumber() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var number = state
      number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
      number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
      return number ^ number >> 31
    }
  }
}

func evaluate(_ text: String, _ values: [String: ExpressionValue] = [:]) throws -> ExpressionOutcome.Result {
  try Expression(parsing: text).evaluate(in: SampleInput(values)).result
}
