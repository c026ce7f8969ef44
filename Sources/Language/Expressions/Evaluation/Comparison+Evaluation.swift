/// How values compare: as dates if one is a date, as truth values if one is True or False, as numbers if one is a number,
/// else as texts, with regard to case. What is absent equals "". In order, two texts that are numbers compare as such.
extension Comparison {
  func isTrue(for call: Call) throws(Interruption) -> Bool {
    let left = try operand(0, call)
    let right = try operand(1, call)
    switch self {
    case .equal: return try isEqual(left, right, call)
    case .notEqual: return try !isEqual(left, right, call)
    case .greater, .greaterOrEqual, .less, .lessOrEqual:
      // Nothing is greater or less than what is absent.
      guard !left.isNullOrEmpty, !right.isNullOrEmpty else { return false }
      return try isOrdered(left, right, call)
    }
  }

  private func operand(_ index: Int, _ call: Call) throws(Interruption) -> ExpressionValue {
    let value = try call.single(index)
    try call.spend(value.size)
    return if case .null = value { .text("") } else { value }
  }

  private func isEqual(_ left: ExpressionValue, _ right: ExpressionValue, _ call: Call) throws(Interruption) -> Bool {
    if left.isNullOrEmpty || right.isNullOrEmpty { return left.isNullOrEmpty && right.isNullOrEmpty }
    switch (left, right) {
    case (.date, _), (_, .date): return try date(left, 0, call) == date(right, 1, call)
    case (.boolean(let isTrue), let other), (let other, .boolean(let isTrue)): return other.asCondition == isTrue
    case (.number(let number), let other), (let other, .number(let number)): return other.asNumber == number
    case (.bytes(let left), .bytes(let right)): return left == right
    default: return try text(left, 0, call) == text(right, 1, call)
    }
  }

  private func isOrdered(_ left: ExpressionValue, _ right: ExpressionValue, _ call: Call) throws(Interruption) -> Bool {
    switch (left, right) {
    case (.date, _), (_, .date): return holds(try date(left, 0, call), try date(right, 1, call))
    case (.number, _), (_, .number):
      return holds(
        try call.fit(left.asNumber, .number(.min ... .max), left, 0),
        try call.fit(right.asNumber, .number(.min ... .max), right, 1)
      )
    case (.boolean, _), (_, .boolean): throw call.failure("True and False have no order: compare them with =")
    default:
      if let left = left.asNumber, let right = right.asNumber { return holds(left, right) }
      return holds(try text(left, 0, call), try text(right, 1, call))
    }
  }

  private func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .less: left < right
    case .lessOrEqual: left <= right
    }
  }

  private func date(_ value: ExpressionValue, _ index: Int, _ call: Call) throws(Interruption) -> ExpressionDate {
    try call.fit(value.asDate, .date, value, index)
  }

  private func text(_ value: ExpressionValue, _ index: Int, _ call: Call) throws(Interruption) -> String {
    try call.fit(value.asText, .text, value, index)
  }
}
