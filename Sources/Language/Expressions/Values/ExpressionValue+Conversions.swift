/// The conversions that the functions share; nil where there is none.
extension ExpressionValue {
  /// As `CStr` gives it.
  package var asText: String? {
    switch self {
    case .text(let text), .reference(let text): text
    case .number(let number): String(number)
    case .boolean(let isTrue): isTrue ? "True" : "False"
    case .date(let date): date.description
    case .null, .bytes, .many: nil
    }
  }

  /// A number, or text that is a whole number as AD writes one.
  var asNumber: Int64? {
    switch self {
    case .number(let number): number
    case .text(let text): Self.number(text)
    default: nil
    }
  }

  /// A date, or text that `CDate` reads.
  var asDate: ExpressionDate? {
    switch self {
    case .date(let date): date
    case .text(let text): DateText.date(text)
    default: nil
    }
  }

  /// True, False, a number, or text that says either, in any case; what is absent or empty is false.
  var asCondition: Bool? {
    switch self {
    case .null: false
    case .boolean(let isTrue): isTrue
    case .number(let number): number != 0
    case .text(let text):
      switch text.lowercased() {
      case "": false
      case "true": true
      case "false": false
      default: Self.number(text).map { $0 != 0 }
      }
    case .date, .bytes, .reference, .many: nil
    }
  }

  private static func number(_ text: String) -> Int64? {
    // Int64 would take a plus sign, which AD does not write.
    guard let first = text.utf8.first, first != UInt8(ascii: "+"), text.utf8.count <= 20 else { return nil }
    return Int64(text)
  }
}
