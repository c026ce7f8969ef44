import TOMLKit

/// A value of a TOML document, detached from the parser's memory.
enum TOMLNode: Equatable, Sendable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([TOMLNode])
  case table([String: TOMLNode])
  /// A number with a fraction, a date or a time: no setting is one.
  case other(typeName: String)
}

extension TOMLNode {
  /// Larger files are refused unread: no settings file comes near it.
  static let maximumSize = 1 << 20

  /// The top-level table of a document.
  static func parse(_ text: String, file: String) throws(InvalidSettings) -> [String: TOMLNode] {
    guard text.utf8.count <= maximumSize else {
      throw InvalidSettings([
        SettingsProblem(file: file, message: "larger than 1 MiB", remedy: "Check that this is the right file")
      ])
    }
    if let line = lineOfNullCharacter(in: text) {
      throw InvalidSettings([
        SettingsProblem(file: file, line: line, message: "contains a NUL character", remedy: "Remove it")
      ])
    }
    do {
      return try nodes(of: TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw InvalidSettings([
        SettingsProblem(
          file: file,
          line: error.source.begin.line,
          message: "is not valid TOML: \(singleLine(error.description))",
          remedy: "Correct the syntax at column \(error.source.begin.column), or just before it"
        )
      ])
    } catch {
      throw InvalidSettings([
        SettingsProblem(file: file, message: "is not valid TOML", remedy: "Compare it with the reference of settings")
      ])
    }
  }

  /// The parser takes C strings, and would silently cut text and values at a NUL, written plainly or as an escape.
  private static func lineOfNullCharacter(in text: String) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.firstIndex { line in
      line.utf8.contains(0) || line.contains(#"\u0000"#) || line.contains(#"\U00000000"#)
    }.map { $0 + 1 }
  }

  private static func singleLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }

  private static func nodes(of table: TOMLTable) -> [String: TOMLNode] {
    var nodes: [String: TOMLNode] = [:]
    for (key, value) in table { nodes[key] = TOMLNode(value) }
    return nodes
  }

  private init(_ value: any TOMLValueConvertible) {
    if let text = value.string {
      self = .string(text)
    } else if let flag = value.bool {
      self = .boolean(flag)
    } else if let number = value.int {
      self = .integer(number)
    } else if let array = value.array {
      self = .array(array.map { TOMLNode($0) })
    } else if let table = value.table {
      self = .table(Self.nodes(of: table))
    } else {
      self = .other(typeName: value.type.description)
    }
  }

  /// With its article, as messages put it.
  var typeName: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .boolean: "a boolean"
    case .array: "an array"
    case .table: "a table"
    case .other(let name): "a \(name)"
    }
  }
}
