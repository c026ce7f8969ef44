import FoundationEssentials

/// Tables in the pages of docs.
enum DocumentedTable {
  /// The rows of the table whose header begins with that cell.
  static func rows(of page: String, under header: String) throws -> [[String]] {
    try lines(of: page).drop { !$0.hasPrefix("| \(header) |") }.dropFirst(2).prefix { $0.hasPrefix("|") }.map(cells)
  }

  /// The first row of any table that begins with that cell.
  static func row(of page: String, named name: String) throws -> [String]? {
    try lines(of: page).first { $0.hasPrefix("| \(name) |") }.map(cells)
  }

  private static func lines(of page: String) throws -> [String] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return try String(contentsOfFile: "/\(root)/docs/\(page)", encoding: .utf8).components(separatedBy: "\n")
  }

  private static func cells(_ row: String) -> [String] {
    row.components(separatedBy: "|").dropFirst().dropLast().map { $0.split(separator: " ").joined(separator: " ") }
  }
}
