import Model

/// A target path taken apart (RFC 7644 sections 3.5.2 and 3.10): `attr`, `attr.sub`, `attr[type eq "work"].sub`, each
/// perhaps after the URN of an extension and a colon.
struct SCIMPath: Hashable, Sendable {
  /// URN of the extension; nil for an attribute of the core schema.
  let schema: String?
  let attribute: String
  let filter: Filter?
  let subAttribute: String?

  /// Picks the element of a multi-valued attribute in which `attribute` equals `value`.
  struct Filter: Hashable, Sendable {
    let attribute: String
    let value: JSONValue
  }

  private static let corePrefix = "urn:ietf:params:scim:schemas:core:2.0:"

  /// Nil for what has another form, such as a filter with `and`.
  init?(_ path: TargetPath) {
    var rest = path.text[...]
    var schema: String?
    let end = rest.firstIndex(of: "[") ?? rest.endIndex
    if rest.lowercased().hasPrefix("urn:"), let colon = rest[..<end].lastIndex(of: ":") {
      let urn = String(rest[..<colon])
      schema = urn.lowercased().hasPrefix(Self.corePrefix) ? nil : urn
      rest = rest[rest.index(after: colon)...]
    }
    var filter: Filter?
    if let open = rest.firstIndex(of: "[") {
      guard let close = rest.lastIndex(of: "]"), open < close,
        let parsed = Filter(rest[rest.index(after: open)..<close])
      else { return nil }
      filter = parsed
      let after = rest[rest.index(after: close)...]
      guard after.isEmpty || after.first == "." else { return nil }
      rest = rest[..<open] + after
    }
    let names = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard names.count <= 2, names.allSatisfy(Self.isName) else { return nil }
    self.schema = schema
    attribute = String(names[0])
    self.filter = filter
    subAttribute = names.count == 2 ? String(names[1]) : nil
  }

  private init(schema: String?, attribute: String, filter: Filter?, subAttribute: String?) {
    self.schema = schema
    self.attribute = attribute
    self.filter = filter
    self.subAttribute = subAttribute
  }

  /// The path of the whole attribute.
  var whole: SCIMPath { SCIMPath(schema: schema, attribute: attribute, filter: nil, subAttribute: nil) }

  /// The path of the whole element that the filter picks.
  var element: SCIMPath { SCIMPath(schema: schema, attribute: attribute, filter: filter, subAttribute: nil) }

  var text: String {
    var text = schema.map { $0 + ":" } ?? ""
    text += attribute
    if let filter { text += "[\(filter.text)]" }
    if let subAttribute { text += ".\(subAttribute)" }
    return text
  }

  fileprivate static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
  }
}

extension SCIMPath.Filter {
  /// `NAME eq VALUE`, where the value is a string or a boolean in JSON.
  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, SCIMPath.isName(parts[0]), parts[1].lowercased() == "eq" else { return nil }
    switch JSONValue(decoding: Array(parts[2].utf8)) {
    case .string(let value): self.value = .string(value)
    case .boolean(let flag): self.value = .boolean(flag)
    default: return nil
    }
    attribute = String(parts[0])
  }

  var text: String {
    let literal =
      switch value {
      case .boolean(let flag): flag ? "true" : "false"
      default: (value.text ?? "").filterLiteral
      }
    return "\(attribute) eq \(literal)"
  }

  func picks(_ element: JSONValue) -> Bool { element[attribute] == value }
}
