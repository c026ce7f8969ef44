import Foundation
import Testing

@testable import Expressions

/// Reads what the cells of an example say of values: `name = "text"; other = ["a", "b"]`.
struct ExampleReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  mutating func attributes() throws -> [String: ExpressionValue] {
    var attributes: [String: ExpressionValue] = [:]
    while !rest.isEmpty {
      let name = String(rest.prefix { $0 != " " })
      rest.removeFirst(name.count)
      try expect(" = ")
      attributes[name] = try value()
      if !rest.isEmpty { try expect("; ") }
    }
    return attributes
  }

  mutating func value() throws -> ExpressionValue {
    if take("null") { return .null }
    if take("True") { return .boolean(true) }
    if take("False") { return .boolean(false) }
    if take("reference ") { return .reference(try text()) }
    if take("bytes ") { return .bytes(try bytes()) }
    if take("date ") { return .date(try date()) }
    if rest.first == "[" { return ExpressionValue(texts: try list()) }
    if rest.first == "\"" { return .text(try text()) }
    let digits = rest.prefix { $0 == "-" || $0.isNumber }
    rest.removeFirst(digits.count)
    return .number(try #require(Int64(digits)))
  }

  mutating func list() throws -> [String] {
    try expect("[")
    var texts: [String] = []
    repeat { texts.append(try text()) } while take(", ")
    try expect("]")
    return texts
  }

  mutating func take(_ word: String) -> Bool {
    guard rest.hasPrefix(word) else { return false }
    rest.removeFirst(word.count)
    return true
  }

  private mutating func expect(_ word: String) throws {
    let isThere = take(word)
    try #require(isThere, "\(word) before \(rest)")
  }

  mutating func text() throws -> String {
    try expect("\"")
    var text = ""
    while let character = rest.popFirst(), character != "\"" {
      guard character == "\\" else {
        text.append(character)
        continue
      }
      text.append(rest.removeFirst())
    }
    return text
  }

  private mutating func bytes() throws -> [UInt8] {
    let digits = rest.prefix { $0.isHexDigit }
    rest.removeFirst(digits.count)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(digits.dropFirst($0).prefix(2), radix: 16))
    }
  }

  /// By Foundation, so that nothing is compared with itself.
  private mutating func date() throws -> ExpressionDate {
    let text = String(rest)
    rest = ""
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "M/d/yyyy h:mm:ss a"
    let date = try #require(formatter.date(from: text))
    return ExpressionDate(millisecondsSince1970: Int64(date.timeIntervalSince1970 * 1000))
  }
}
