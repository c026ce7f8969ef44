/// Where the keys of a TOML document stand in its text; the parser of values does not tell.
///
/// Meant for documents that the parser has accepted: of others it finds what it can.
struct DocumentLayout {
  struct Assignment: Equatable {
    /// Counted from 1.
    let line: Int
    /// Offsets of the value in the UTF-8 text, without comment and blanks after it.
    let value: Range<Int>
    /// Lines of the elements when the value is an array.
    let elementLines: [Int]
    /// Offset behind the end of the value's last line, its line feed included.
    let nextLine: Int
  }

  private(set) var assignments: [KeyPath: Assignment] = [:]
  private var headers: [KeyPath: Int] = [:]
  private var elementCounts: [KeyPath: Int] = [:]
  private var currentTable = KeyPath.root

  init(_ text: String) {
    var scanner = DocumentScanner(Array(text.utf8))
    while let statement = scanner.next() {
      switch statement {
      case .header(let keys, let isArray, let line): enter(keys, isArray: isArray, line: line)
      case .assignment(let keys, let assignment):
        assignments[keys.reduce(currentTable) { $0.appending($1) }] = assignment
      }
    }
  }

  private mutating func enter(_ keys: [String], isArray: Bool, line: Int) {
    var path = KeyPath.root
    for (position, key) in keys.enumerated() {
      path = path.appending(key)
      if isArray, position == keys.count - 1 {
        elementCounts[path, default: 0] += 1
        if elementCounts[path] == 1 { headers[path] = line }
      }
      // Headers below an array of tables mean its last element so far.
      if let count = elementCounts[path] { path = path.appending(count - 1) }
    }
    currentTable = path
    headers[path] = line
  }

  /// The line of the value, or of the nearest table or array around it; nil when that is the document itself.
  func line(of path: KeyPath) -> Int? {
    if let line = assignments[path]?.line ?? headers[path] { return line }
    guard let parent = path.parent else { return nil }
    if case .index(let index) = path.steps.last, let lines = assignments[parent]?.elementLines, index < lines.count {
      return lines[index]
    }
    return line(of: parent)
  }

  static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
