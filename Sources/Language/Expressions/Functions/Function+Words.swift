/// Functions that search, divide and join texts. Positions count characters as people see them, from 1.
extension Function {
  static let words = [inString, word, split, join]

  private static let inString = Function(
    "InStr",
    [
      .text("text"), .text("find"), Parameter("start", .number(1 ... .max), optional: true),
      Parameter("compare", .word(["vbBinaryCompare", "vbTextCompare"]), optional: true),
    ],
    gives: .number
  ) { call throws(Interruption) in
    let start = try call.number(2, in: 1 ... .max) ?? 1
    let compare = try call.text(3) ?? "vbBinaryCompare"
    guard ["vbBinaryCompare", "vbTextCompare"].contains(compare) else {
      throw call.failure("argument 4 must be vbBinaryCompare or vbTextCompare", .text(compare))
    }
    guard var text = try call.text(0), var wanted = try call.text(1) else { return .number(0) }
    if compare == "vbTextCompare" {
      text = CaseMapping.invariant.lower(text)
      wanted = CaseMapping.invariant.lower(wanted)
    }
    let characters = Array(text)
    guard start <= characters.count + (wanted.isEmpty ? 1 : 0) else { return .number(0) }
    let search = TextSearch(Array(wanted), in: characters)
    return .number(try search.first(from: Int(start) - 1, call).map { Int64($0 + 1) } ?? 0)
  }

  private static let word = Function(
    "Word",
    [.text("text"), .number("number"), Parameter("delimiters", .characters)],
    gives: .text
  ) { call throws(Interruption) in
    let number = try call.requiredNumber(1)
    let delimiters = Set(try call.text(2) ?? "")
    let result = try call.eachText(0) { text in
      let words = text.split { delimiters.contains($0) }
      return (1...).contains(number) && number <= words.count ? String(words[Int(number) - 1]) : ""
    }
    return if case .null = result { .text("") } else { result }
  }

  private static let split = Function("Split", [.text("source"), Parameter("delimiter", .characters)], gives: .text) {
    call throws(Interruption) in
    let delimiter = try call.text(1) ?? ""
    guard !delimiter.isEmpty else { throw call.failure("argument 2, the delimiter, is empty") }
    guard let source = try call.text(0) else { return .null }
    let characters = Array(source)
    let search = TextSearch(Array(delimiter), in: characters)
    var pieces: [String] = []
    var start = 0
    while let end = try search.first(from: start, call) {
      pieces.append(String(characters[start..<end]).trimmingSpaces)
      start = end + search.wanted.count
    }
    pieces.append(String(characters[start...]).trimmingSpaces)
    return ExpressionValue(texts: pieces.filter { !$0.isEmpty })
  }

  private static let join = Function(
    "Join",
    [.text("separator")],
    repeating: [Parameter("source", .text, optional: true)],
    gives: .text
  ) { call throws(Interruption) in
    let separator = try call.text(0) ?? ""
    var builder = TextBuilder(call)
    for index in call.arguments.indices.dropFirst() {
      for value in try call.value(index).elements {
        let text = try call.text(of: value, index)
        guard !text.isEmpty else { continue }
        if !builder.text.isEmpty { try builder.append(separator) }
        try builder.append(text)
      }
    }
    return .text(builder.text)
  }
}

/// Where a text occurs in another, character by character.
struct TextSearch {
  let wanted: [Character]
  private let characters: [Character]

  init(_ wanted: [Character], in characters: [Character]) {
    self.wanted = wanted
    self.characters = characters
  }

  /// The first place at an index or behind it.
  func first(from start: Int, _ call: Call) throws(Interruption) -> Int? {
    guard start >= 0, start + wanted.count <= characters.count else { return nil }
    for index in start...characters.count - wanted.count {
      var length = 0
      while length < wanted.count, characters[index + length] == wanted[length] { length += 1 }
      try call.spend(1 + length)
      if length == wanted.count { return index }
    }
    return nil
  }
}
