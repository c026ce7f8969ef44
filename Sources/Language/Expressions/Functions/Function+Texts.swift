/// Functions from text to text. Where the source has several values each is treated by itself; without a value there is no
/// result.
extension Function {
  static let texts = [
    append, left, mid, trim, stripSpaces, toLower, toUpper, properCase, normalizeDiacritics, replace,
  ]

  private static let append = Function("Append", [.text("source"), .text("suffix")], gives: .text) {
    call throws(Interruption) in
    let suffix = try call.text(1) ?? ""
    return try call.eachText(0) { (text) throws(Interruption) in
      var builder = TextBuilder(call)
      try builder.append(text)
      try builder.append(suffix)
      return builder.text
    }
  }

  private static let left = Function("Left", [.text("text"), .number("length")], gives: .text) {
    call throws(Interruption) in
    let length = try call.requiredNumber(1)
    let result = try call.eachText(0) { length < 0 ? $0 : String($0.prefix(Int(length))) }
    return if case .null = result { .text("") } else { result }
  }

  private static let mid = Function(
    "Mid",
    [
      .text("source"), .number("start", 1 ... .max),
      Parameter("length", .number(0 ... .max), optional: true),
    ],
    gives: .text
  ) { call throws(Interruption) in
    let start = try call.requiredNumber(1, in: 1 ... .max)
    let length = call.isGiven(2) ? try call.requiredNumber(2, in: 0 ... .max) : .max
    return try call.eachText(0) { String($0.dropFirst(Int(start - 1)).prefix(Int(length))) }
  }

  private static let trim = Function("Trim", [.text("value")], gives: .text) { call throws(Interruption) in
    try call.eachText(0) { $0.trimmingSpaces }
  }

  private static let stripSpaces = Function("StripSpaces", [.text("source")], gives: .text) {
    call throws(Interruption) in
    try call.eachText(0) { $0.filter { $0 != " " } }
  }

  private static let toLower = Function("ToLower", caseParameters, gives: .text) { call throws(Interruption) in
    let mapping = try caseMapping(call)
    return try call.eachText(0) { mapping.lower($0) }
  }

  private static let toUpper = Function("ToUpper", caseParameters, gives: .text) { call throws(Interruption) in
    let mapping = try caseMapping(call)
    return try call.eachText(0) { mapping.upper($0) }
  }

  private static let caseParameters: [Parameter] = [.text("source"), Parameter("culture", .culture, optional: true)]

  private static func caseMapping(_ call: Call) throws(Interruption) -> CaseMapping {
    let culture = try call.text(1) ?? ""
    return try call.fit(CaseMapping(culture: culture), .culture, .text(culture), 1)
  }

  private static let properCase = Function(
    "PCase",
    [.text("source"), .text("wordSeparators", optional: true)],
    gives: .text
  ) { call throws(Interruption) in
    let separators = try call.text(1).map { Set($0) }
    return try call.eachText(0) { text in
      separators.map { ProperCase.text(text, separators: $0) } ?? ProperCase.text(text)
    }
  }

  private static let normalizeDiacritics = Function("NormalizeDiacritics", [.text("source")], gives: .text) {
    call throws(Interruption) in
    try call.eachText(0) { Diacritics.removed(from: $0) }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmingSpaces: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
