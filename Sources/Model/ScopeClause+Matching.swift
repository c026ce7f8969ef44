package import Patterns

extension ScopeClause {
  /// Whether an object with that image satisfies the clause.
  ///
  /// Comparisons are of bytes, with regard to case. An attribute without values satisfies `IS NULL` and nothing else; of
  /// several values one is enough, and a negative operator wants none of them to satisfy its positive counterpart.
  ///
  /// - Throws: when a pattern cannot be decided on one of the values.
  package func isSatisfied(by image: Image) throws(PatternFailure) -> Bool {
    let values = image[attribute].filter { !$0.isEmpty }
    switch `operator` {
    case .isNull: return values.isEmpty
    case .isNotNull: return !values.isEmpty
    case .notEquals, .isNotInside, .notRegexMatch:
      // A time that never comes is no value where times are compared.
      let values = operandTime == nil ? values : values.filter { !isNever($0) }
      return values.isEmpty ? false : try !isAny(of: values)
    default: return try isAny(of: values)
    }
  }

  private func isAny(of values: [[UInt8]]) throws(PatternFailure) -> Bool {
    var failure: PatternFailure?
    for value in values {
      do throws(PatternFailure) {
        if try matches(value) { return true }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return false
  }

  private func matches(_ value: [UInt8]) throws(PatternFailure) -> Bool {
    switch operand {
    case .none: return value.elementsEqual((`operator` == .isTrue ? "TRUE" : "FALSE").utf8)
    case .text(let time):
      let text = Array((self.value ?? "").utf8)
      switch `operator` {
      case .equals, .notEquals: return value == text || time.map { isWithin($0, value) } ?? false
      case .endsWith: return value.count >= text.count && value.suffix(text.count).elementsEqual(text)
      case .isInside, .isNotInside: return text.contains(value)
      default: return value.contains(text)
      }
    case .integer(let bound):
      guard let number = String(validating: value, as: UTF8.self).flatMap({ Int64($0) }) else { return false }
      return `operator` == .greaterThan ? number > bound : number >= bound
    case .time(let bound):
      guard let time = time(value) else { return false }
      return time >= (`operator` == .greaterThan ? bound.end : bound.start)
    case .pattern(let pattern):
      guard let text = String(validating: value, as: UTF8.self) else { return false }
      return try pattern.matchesWhole(text)
    }
  }

  private var operandTime: GivenTime? {
    if case .text(let time) = operand { time } else { nil }
  }

  private func isWithin(_ given: GivenTime, _ value: [UInt8]) -> Bool {
    time(value).map { $0 >= given.start && $0 < given.end } ?? false
  }

  /// The moment that a value of this attribute means; nil for none.
  private func time(_ value: [UInt8]) -> Timestamp? {
    guard let text = String(validating: value, as: UTF8.self) else { return nil }
    guard FileTime.attributes.contains(attribute) else { return GeneralizedTime.timestamp(text) }
    if case .at(let time)? = FileTime(text) { return time }
    return nil
  }

  private func isNever(_ value: [UInt8]) -> Bool {
    FileTime.attributes.contains(attribute) && time(value) == nil
  }
}
