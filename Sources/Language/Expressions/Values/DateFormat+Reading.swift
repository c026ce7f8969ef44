/// The options of .NET's DateTimeStyles that make a difference where all times are UTC.
struct DateStyles: Sendable {
  var allowsLeadingSpace = true
  var allowsInnerSpace = false
  var allowsTrailingSpace = true

  static let names = [
    "None", "AllowLeadingWhite", "AllowTrailingWhite", "AllowInnerWhite", "AllowWhiteSpaces", "NoCurrentDateDefault",
    "AdjustToUniversal", "AssumeLocal", "AssumeUniversal", "RoundtripKind",
  ]

  init() {}

  /// Names separated by commas, with or without `DateTimeStyles.` before them; nil if one of them is none. White space
  /// around a date is then allowed where a name says so.
  init?(_ text: String) {
    let words = text.split(separator: ",").map { word in
      let word = word.filter { $0 != " " }
      return word.hasPrefix("DateTimeStyles.") ? String(word.dropFirst("DateTimeStyles.".count)) : word
    }
    guard words.allSatisfy(Self.names.contains) else { return nil }
    guard !words.isEmpty else { return }
    let allowsAll = words.contains("AllowWhiteSpaces")
    allowsLeadingSpace = allowsAll || words.contains("AllowLeadingWhite")
    allowsInnerSpace = allowsAll || words.contains("AllowInnerWhite")
    allowsTrailingSpace = allowsAll || words.contains("AllowTrailingWhite")
  }
}

extension DateFormat {
  /// The date that a text in this format stands for, in UTC where it says no offset; nil if it does not fit the format.
  func date(_ text: String, styles: DateStyles = DateStyles()) -> ExpressionDate? {
    var scanner = DateScanner(text)
    var parts = DateParts()
    if styles.allowsLeadingSpace { scanner.skipSpaces() }
    for (index, element) in elements.enumerated() {
      if styles.allowsInnerSpace { scanner.skipSpaces() }
      let isBeforeFraction =
        if index + 1 < elements.count, case .fraction(_, isOptional: true) = elements[index + 1] { true } else { false }
      guard scanner.read(element, into: &parts, isBeforeFraction: isBeforeFraction) else { return nil }
    }
    if styles.allowsTrailingSpace { scanner.skipSpaces() }
    guard scanner.isAtEnd else { return nil }
    return parts.date
  }
}

/// What the elements of a format said so far.
struct DateParts {
  var year: Int64?
  var month: Int64?
  var day: Int64?
  var weekday: Int64?
  var hour12: Int64?
  var hour24: Int64?
  var minute: Int64 = 0
  var second: Int64 = 0
  var fraction: Int64 = 0
  var isAfternoon: Bool?
  var offset: Int64 = 0

  var date: ExpressionDate? {
    var hour = hour24 ?? 0
    if let hour12 {
      guard (1...12).contains(hour12) else { return nil }
      hour = hour12 % 12 + (isAfternoon == true ? 12 : 0)
    }
    let date = CalendarDate(
      year: year ?? 1,
      month: month ?? 1,
      day: day ?? 1,
      hour: hour,
      minute: minute,
      second: second,
      fraction: fraction
    )
    guard let result = ExpressionDate(date, offset: offset) else { return nil }
    if let weekday, weekday != date.weekday { return nil }
    return result
  }
}
