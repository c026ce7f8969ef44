/// Functions of dates. All of them are UTC; without a date there is no result.
extension Function {
  static let dates = [convertToDate, dateAdd, dateDiff, dateFromNumber, numberFromDate, formatDate, now]

  private static let convertToDate = Function("CDate", [.date("text")], gives: .date) { call throws(Interruption) in
    try call.date(0).map { .date($0) } ?? .null
  }

  private static let dateAdd = Function("DateAdd", [.interval, .number("value"), .date("dateTime")], gives: .date) {
    call throws(Interruption) in
    let interval = try interval(call)
    let count = try call.requiredNumber(1)
    guard let date = try call.date(2) else { return .null }
    guard let result = interval.adding(count, to: date) else {
      throw call.failure("the result is not within the years 1 to 9999", .date(date))
    }
    return .date(result)
  }

  private static let dateDiff = Function("DateDiff", [.interval, .date("date1"), .date("date2")], gives: .number) {
    call throws(Interruption) in
    let interval = try interval(call)
    guard let start = try call.date(1), let end = try call.date(2) else { return .null }
    return .number(interval.boundaries(from: start, to: end))
  }

  private static func interval(_ call: Call) throws(Interruption) -> DateInterval {
    let word = try call.text(0) ?? ""
    return try call.fit(DateInterval(rawValue: word), Parameter.interval.kind, .text(word), 0)
  }

  private static let dateFromNumber = Function("DateFromNum", [.number("value")], gives: .date) {
    call throws(Interruption) in
    guard let number = try call.number(0) else { return .null }
    // Both mean that it never comes (MS-ADTS ADSchema accountExpires).
    if number == 0 || number == .max { return .null }
    guard let date = ExpressionDate(fileTime: number) else {
      throw call.failure("the number is no time of Active Directory", .number(number))
    }
    return .date(date)
  }

  private static let numberFromDate = Function("NumFromDate", [.date("value")], gives: .number) {
    call throws(Interruption) in
    guard let date = try call.date(0) else { return .null }
    guard let number = date.fileTime else {
      throw call.failure("the times of Active Directory begin with the year 1601", .date(date))
    }
    return .number(number)
  }

  private static let now = Function("Now", [], gives: .date, isImpure: true) { call throws(Interruption) in
    .date(call.input.now)
  }

  private static let formatDate = Function(
    "FormatDateTime",
    signatures: [
      Signature([
        .value("source"), Parameter("inputFormat", .dateFormat(isInput: true)),
        Parameter("outputFormat", .dateFormat(isInput: false)),
      ]),
      Signature([
        .value("source"), Parameter("dateTimeStyles", .dateStyles, optional: true),
        Parameter("inputFormat", .dateFormat(isInput: true)), Parameter("outputFormat", .dateFormat(isInput: false)),
      ]),
    ],
    gives: .text
  ) { call throws(Interruption) in
    let first = call.arguments.count == 3 ? 1 : 2
    let input = try format(call, first)
    let output = try format(call, first + 1)
    let styles = try first == 1 ? DateStyles() : styles(call)
    if input.lacksYear { throw call.failure("the input format says no year, and the date would be of the present one") }
    return try call.each(0) { (value) throws(Interruption) in
      if case .date(let date) = value { return .text(output.text(of: date)) }
      let text = try call.text(of: value, 0)
      // As null: many a source has "" for no date.
      if text.isEmpty { return .null }
      guard let date = input.date(text, styles: styles) else {
        throw call.failure("argument 1 is no date in the input format", value)
      }
      return .text(output.text(of: date))
    }
  }

  private static func format(_ call: Call, _ index: Int) throws(Interruption) -> DateFormat {
    let text = try call.text(index) ?? ""
    do throws(DateFormatError) {
      return try DateFormat(text)
    } catch {
      throw call.failure("argument \(index + 1) is no date format: \(error.reason)", .text(text))
    }
  }

  private static func styles(_ call: Call) throws(Interruption) -> DateStyles {
    guard call.isGiven(1), let text = try call.text(1) else { return DateStyles() }
    return try call.fit(DateStyles(text), .dateStyles, .text(text), 1)
  }
}
