import Foundation
import Testing

/// A row of the tables in docs/expressions.md: `| function | meaning | example | with | result |`.
struct DocumentedExample: CustomTestStringConvertible {
  let line: Int
  let functions: [String]
  let expression: String
  let attributes: String
  let result: String

  var testDescription: String { "line \(line): \(expression)" }

  static func all() throws -> [DocumentedExample] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/expressions.md"), encoding: .utf8)
    return text.components(separatedBy: "\n").enumerated().compactMap { DocumentedExample(row: $1, line: $0 + 1) }
  }

  private init?(row: String, line: Int) {
    let cells = row.components(separatedBy: " |").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " |"))
    }
    guard row.hasPrefix("|"), cells.count == 6, cells[2].hasPrefix("`") else { return nil }
    self.line = line
    functions = cells[0].components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element.prefix { $0 != "(" }) }
    expression = Self.code(cells[2])
    attributes = Self.code(cells[3])
    result = Self.code(cells[4])
  }

  private static func code(_ cell: String) -> String { cell.trimmingCharacters(in: CharacterSet(charactersIn: "`")) }
}
