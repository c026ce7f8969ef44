@testable import Expressions
import LDAP

extension FuzzTarget {
  /// The first part is an expression, each other one an attribute with its values.
  static let expression = FuzzTarget("expression", maximumSize: 2048) { input in
    let parts = input.parts
    let text = String(decoding: parts.first ?? [], as: UTF8.self)
    let values = FuzzedAttributes(parts.dropFirst())
    let count = text.count
    let expression: Expression
    do throws(ExpressionError) {
      expression = try Expression(parsing: text)
    } catch {
      require((1...count + 1).contains(error.position), "an error lies within the text")
      require(error.description.isPrintable && error.description.utf8.count < 2000, "an error fits a line of a log")
      return
    }
    guard let again = try? Expression(parsing: expression.description) else {
      // The one way of writing has more spaces.
      return require(expression.description.count > 10_000, "the written form is an expression")
    }
    require(again == expression, "the written form reads as the same")
    require(again.description.isIdentical(to: expression.description), "the written form is written the same")
    require(again.attributes == expression.attributes, "and reads the same attributes")
    let outcome = Self.outcome(of: expression, in: values, within: count)
    require(outcome == Self.outcome(of: again, in: values, within: again.text.count), "the same gives the same")
  }

  /// Nil for a failure.
  private static func outcome(
    of expression: Expression,
    in values: FuzzedAttributes,
    within count: Int
  ) -> ExpressionOutcome? {
    do throws(ExpressionFailure) {
      let outcome = try expression.evaluate(in: values)
      if case .choices(let choices) = outcome.result {
        require(expression.isUniqueChoice && !choices.isEmpty, "only a choice gives choices")
        require(Set(choices).count == choices.count && !choices.contains(""), "choices differ")
      }
      return outcome
    } catch {
      require((1...count).contains(error.position), "a failure lies within the text")
      require(error.description.isPrintable && error.description.utf8.count < 2000, "a failure fits a line of a log")
      return nil
    }
  }
}

private struct FuzzedAttributes: ExpressionInput {
  private var values: [String: ExpressionValue] = [:]
  let now = ExpressionDate(millisecondsSince1970: 1_625_240_018_000)

  /// Values that are not UTF-8 are bytes.
  init(_ parts: ArraySlice<[UInt8]>) {
    for attribute in FuzzInput.attributes(parts) {
      let texts = attribute.values.map { bytes in
        String(validating: bytes, as: UTF8.self).map { ExpressionValue.text($0) } ?? .bytes(bytes)
      }
      values[attribute.description.lowercased()] = ExpressionValue(texts)
    }
  }

  func value(of attribute: String) -> ExpressionValue { values[attribute.lowercased()] ?? .null }

  func randomNumber() -> UInt64 { 4 }
}
