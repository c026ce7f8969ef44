import SwiftASN1

/// The string form (RFC 4515) of a filter on the wire (RFC 4511 section 4.5.1.7).
struct FilterText {
  let text: String

  init(_ node: ASN1Node) throws(MalformedMessage) {
    guard node.identifier.tagClass == .contextSpecific else { throw MalformedMessage("a filter of no known kind") }
    switch node.identifier.tagNumber {
    case 0: text = "(&\(try Self.list(node)))"
    case 1: text = "(|\(try Self.list(node)))"
    case 2:
      let parts = try node.children()
      guard parts.count == 1 else { throw MalformedMessage("a negation of \(parts.count) filters") }
      text = "(!\(try FilterText(parts[0]).text))"
    case 3: text = try Self.comparison(node, "=")
    case 4: text = try Self.substrings(node)
    case 5: text = try Self.comparison(node, ">=")
    case 6: text = try Self.comparison(node, "<=")
    case 7: text = "(\(try Self.attribute(node))=*)"
    case 8: text = try Self.comparison(node, "~=")
    case 9: text = try Self.extensible(node)
    default: throw MalformedMessage("a filter of no known kind")
    }
  }

  private static func list(_ node: ASN1Node) throws(MalformedMessage) -> String {
    var text = ""
    for part in try node.children() { text += try FilterText(part).text }
    return text
  }

  private static func comparison(_ node: ASN1Node, _ sign: String) throws(MalformedMessage) -> String {
    let parts = try node.children()
    guard parts.count == 2 else { throw MalformedMessage("a comparison of \(parts.count) parts") }
    return "(\(try attribute(parts[0]))\(sign)\(escaped(try parts[1].bytes())))"
  }

  private static func substrings(_ node: ASN1Node) throws(MalformedMessage) -> String {
    let parts = try node.children()
    guard parts.count == 2 else { throw MalformedMessage("substrings of \(parts.count) parts") }
    let pieces = try parts[1].children()
    guard !pieces.isEmpty else { throw MalformedMessage("substrings without any") }
    var value = ""
    for (place, piece) in pieces.enumerated() {
      switch piece.identifier {
      case .context(0) where place == 0: value = escaped(try piece.bytes())
      case .context(1): value += "*\(escaped(try piece.bytes()))"
      case .context(2) where place == pieces.count - 1: return try finished(value + "*\(escaped(try piece.bytes()))")
      default: throw MalformedMessage("substrings out of order")
      }
    }
    return try finished(value + "*")

    func finished(_ value: String) throws(MalformedMessage) -> String { "(\(try attribute(parts[0]))=\(value))" }
  }

  private static func extensible(_ node: ASN1Node) throws(MalformedMessage) -> String {
    var (rule, type, value, withNames): (String?, String?, [UInt8]?, Bool) = (nil, nil, nil, false)
    for part in try node.children() {
      switch part.identifier {
      case .context(1): rule = try attribute(part)
      case .context(2): type = try attribute(part)
      case .context(3): value = try part.bytes()
      case .context(4): withNames = try part.boolean()
      default: throw MalformedMessage("an extensible match with a field of no known kind")
      }
    }
    guard let value, rule != nil || type != nil else {
      throw MalformedMessage("an extensible match that matches nothing")
    }
    return "(\(type ?? "")\(withNames ? ":dn" : "")\(rule.map { ":" + $0 } ?? ""):=\(escaped(value)))"
  }

  /// An attribute description (RFC 4512 section 2.5): anything else would become syntax of the filter around it.
  private static func attribute(_ node: ASN1Node) throws(MalformedMessage) -> String {
    let text = try node.text()
    let isDescription = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ";"):
        true
      default: false
      }
    }
    guard isDescription, !text.isEmpty else { throw MalformedMessage("a filter on no attribute") }
    return text
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    let isText = String(validating: bytes, as: UTF8.self) != nil
    var escaped: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"), 0..<32, 127: escape(byte)
      case 128... where !isText: escape(byte)
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)

    func escape(_ byte: UInt8) {
      let digits = String(byte, radix: 16)
      escaped += "\\\(digits.count == 1 ? "0" : "")\(digits)".utf8
    }
  }
}
