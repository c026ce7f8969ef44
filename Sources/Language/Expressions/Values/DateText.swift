/// The date texts that `CDate` and its like read: ISO 8601, `M/d/yyyy h:mm:ss tt`, and the time of AD's whenCreated.
enum DateText {
  /// In UTC where the text says no offset; nil for other text.
  static func date(_ text: String) -> ExpressionDate? {
    var scanner = DateScanner(text)
    var parts = DateParts()
    scanner.skipSpaces()
    guard readDay(&scanner, &parts) || readGeneralizedTime(&scanner, &parts) else { return nil }
    if startsTime(&scanner) {
      guard readTime(&scanner, &parts) else { return nil }
    }
    guard readZone(&scanner, &parts) else { return nil }
    scanner.skipSpaces()
    return scanner.isAtEnd ? parts.date : nil
  }

  private static func readDay(_ scanner: inout DateScanner, _ parts: inout DateParts) -> Bool {
    let start = scanner
    if let year = scanner.digits(4...4)?.value, scanner.take("-"), let month = scanner.digits(1...2)?.value,
      scanner.take("-"), let day = scanner.digits(1...2)?.value
    {
      (parts.year, parts.month, parts.day) = (year, month, day)
      return true
    }
    scanner = start
    if let month = scanner.digits(1...2)?.value, scanner.take("/"), let day = scanner.digits(1...2)?.value,
      scanner.take("/"), let year = scanner.digits(4...4)?.value
    {
      (parts.year, parts.month, parts.day) = (year, month, day)
      return true
    }
    scanner = start
    return false
  }

  /// `20261123015736.0Z` (RFC 4517 section 3.3.13).
  private static func readGeneralizedTime(_ scanner: inout DateScanner, _ parts: inout DateParts) -> Bool {
    guard let year = scanner.digits(4...4)?.value, let month = scanner.digits(2...2)?.value,
      let day = scanner.digits(2...2)?.value, let hour = scanner.digits(2...2)?.value,
      let minute = scanner.digits(2...2)?.value, let second = scanner.digits(2...2)?.value
    else { return false }
    if scanner.take(".") {
      guard let fraction = scanner.fraction(1...9) else { return false }
      parts.fraction = fraction
    }
    guard scanner.next != nil else { return false }
    (parts.year, parts.month, parts.day) = (year, month, day)
    (parts.hour24, parts.minute, parts.second) = (hour, minute, second)
    return true
  }

  private static func startsTime(_ scanner: inout DateScanner) -> Bool {
    if scanner.take("T") { return true }
    guard scanner.next == " " else { return false }
    scanner.skipSpaces()
    return scanner.next?.isWholeNumber == true
  }

  private static func readTime(_ scanner: inout DateScanner, _ parts: inout DateParts) -> Bool {
    guard parts.hour24 == nil, let hour = scanner.digits(1...2)?.value, scanner.take(":"),
      let minute = scanner.digits(2...2)?.value
    else { return false }
    (parts.hour24, parts.minute) = (hour, minute)
    if scanner.take(":") {
      guard let second = scanner.digits(2...2)?.value else { return false }
      parts.second = second
      if scanner.take(".") {
        guard let fraction = scanner.fraction(1...9) else { return false }
        parts.fraction = fraction
      }
    }
    scanner.skipSpaces()
    for (name, isAfternoon) in [("AM", false), ("PM", true)] where scanner.take(name, ignoringCase: true) {
      (parts.hour12, parts.hour24, parts.isAfternoon) = (hour, nil, isAfternoon)
    }
    return true
  }

  private static func readZone(_ scanner: inout DateScanner, _ parts: inout DateParts) -> Bool {
    scanner.skipSpaces()
    if scanner.take("Z", ignoringCase: true) || scanner.take("UTC") || scanner.take("GMT") { return true }
    guard scanner.next == "+" || scanner.next == "-" else { return true }
    guard let offset = scanner.offset(hours: 2...2, hasMinutes: true) else { return false }
    parts.offset = offset
    return true
  }
}
