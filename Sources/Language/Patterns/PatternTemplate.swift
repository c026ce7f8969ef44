/// A replacement with references to groups, as `Pattern.replacing(in:template:)` takes it.
package struct PatternTemplate: Sendable {
  private enum Piece: Sendable {
    case text(Substring)
    /// What to write when there is no such group.
    case number(Int, Substring)
    case name(String, Substring)
  }

  private var pieces: [Piece] = []

  package init(_ template: String) {
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      pieces.append(.text(rest[..<dollar]))
      rest = rest[dollar...]
      let length = reference(rest)
      rest = rest.dropFirst(length)
    }
    pieces.append(.text(rest))
  }

  /// Takes up what a dollar sign begins.
  /// - Returns: its length.
  private mutating func reference(_ rest: Substring) -> Int {
    let next = rest.dropFirst()
    if next.hasPrefix("$") {
      pieces.append(.text("$"))
      return 2
    }
    if next.hasPrefix("&") {
      pieces.append(.number(0, "$&"))
      return 2
    }
    let digits = next.prefix { $0.isASCII && $0.isNumber }
    if let number = Int(digits) {
      pieces.append(.number(number, rest.prefix(digits.count + 1)))
      return digits.count + 1
    }
    if next.hasPrefix("{"), let end = next.firstIndex(of: "}") {
      let name = next[..<end].dropFirst()
      let whole = rest[...end]
      pieces.append(Int(name).map { .number($0, whole) } ?? .name(String(name), whole))
      return whole.count
    }
    pieces.append(.text("$"))
    return 1
  }

  /// What takes the place of a match, in pieces: together they may be far longer than either text.
  package func pieces(for match: PatternMatch, in text: String) -> [Substring] {
    pieces.map { piece in
      switch piece {
      case .text(let literal): literal
      case .number(let number, let source):
        (0...match.groupCount).contains(number) ? match.group(number).map { text[$0] } ?? "" : source
      case .name(let name, let source):
        match.hasGroup(named: name) ? match.group(named: name).map { text[$0] } ?? "" : source
      }
    }
  }
}
