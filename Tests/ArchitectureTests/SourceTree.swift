import Foundation

/// The sources of this package as text: which target imports what.
struct SourceTree {
  let root: URL

  init(file: String = #filePath) {
    root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Targets by name, with the folder of each, as docs/architecture.md lists them: `| \`Name\` | \`Sources/…\` | imports |`.
  func documentedTargets() throws -> [DocumentedTarget] {
    let text = try String(contentsOf: root.appending(path: "docs/architecture.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { DocumentedTarget(row: String($0)) }
  }

  func files(in folder: String) throws -> [URL] {
    let enumerator = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (enumerator?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }

  func imports(in folder: String) throws -> Set<String> {
    Set(try files(in: folder).flatMap { try Self.imports(in: String(contentsOf: $0, encoding: .utf8)) })
  }

  private static let accessLevels: Set<Substring> = ["package", "public", "internal", "fileprivate", "private"]

  static func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").filter { !$0.hasPrefix("@") && !Self.accessLevels.contains($0) }
      guard words.first == "import", let module = words.dropFirst().last else { return nil }
      return module.split(separator: ".").first.map(String.init)
    }
  }
}

struct DocumentedTarget {
  let name: String
  let folder: String
  let allowed: Set<String>

  init?(row: String) {
    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count >= 3, cells[1].hasPrefix("`Sources/") else { return nil }
    name = Self.codeWords(cells[0]).first ?? ""
    folder = Self.codeWords(cells[1]).first ?? ""
    allowed = Set(Self.codeWords(cells[2]))
  }

  private static func codeWords(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }
}
