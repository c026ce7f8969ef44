import Patterns

/// One evaluation: what it is given, and what it may still spend.
final class Evaluation {
  /// Bytes of the largest value that a function may give.
  static let largestValue = 1 << 20
  /// Steps of an evaluation, about one for each character that a function touches.
  static let greatestWork = 1 << 22

  let input: any ExpressionInput
  /// Whether `Redact` occurs in the expression, so that no failure may show a value.
  let hidesValues: Bool
  private var work = Evaluation.greatestWork

  init(_ input: any ExpressionInput, hidesValues: Bool) {
    self.input = input
    self.hidesValues = hidesValues
  }

  func value(of node: Node) throws(Interruption) -> ExpressionValue {
    switch node.kind {
    case .missing: return .null
    case .literal(let value): return value
    case .pattern(let pattern): return .text(pattern.text)
    case .word(let word): return .text(word)
    case .attribute(let name):
      let value = input.value(of: name)
      return if case .many(let values) = value { ExpressionValue(values) } else { value }
    case .call(let function, let arguments):
      let call = Call(function.name, arguments, at: node.position, in: self)
      try call.spend(1)
      let value = try function.body(call)
      guard value.size <= Self.largestValue else { throw call.failure(Self.tooLarge) }
      return value
    case .comparison(let comparison, let left, let right):
      let call = Call(comparison.rawValue, [left, right], at: node.position, in: self)
      try call.spend(1)
      return .boolean(try comparison.isTrue(for: call))
    case .joined(let operands):
      return try joined(Call("&", operands, at: node.position, in: self))
    }
  }

  static let tooLarge = "the value becomes larger than \(largestValue) bytes"

  /// Null only if all operands are, as `&` of VBA does it.
  private func joined(_ call: Call) throws(Interruption) -> ExpressionValue {
    var builder = TextBuilder(call)
    var isNull = true
    for index in call.arguments.indices {
      guard let text = try call.text(index) else { continue }
      isNull = false
      try builder.append(text)
    }
    return isNull ? .null : .text(builder.text)
  }

  /// False once nothing is left.
  func spend(_ steps: Int) -> Bool {
    work -= steps
    return work >= 0
  }
}
