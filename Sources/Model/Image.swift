/// The attributes of a directory object as last read: raw values by attribute, links apart.
package struct Image: Hashable, Sendable {
  /// Values are kept sorted: AD gives them in no order, and equal sets must be equal.
  package private(set) var attributes: [AttributeName: [[UInt8]]] = [:]

  package init(_ attributes: [AttributeName: [[UInt8]]] = [:]) {
    merge(attributes)
  }

  package subscript(name: AttributeName) -> [[UInt8]] { attributes[name] ?? [] }

  /// Takes over changed attributes; one without values is a removed one (MS-ADTS 3.1.1.3.4.1.3).
  package mutating func merge(_ changes: [AttributeName: [[UInt8]]]) {
    for (name, values) in changes {
      attributes[name] = values.isEmpty ? nil : values.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// The value of a single-valued attribute as text. AD gives multiple values in no order, so the smallest is taken:
  /// the same image then always gives the same answer. Nil without a value or when it is not UTF-8.
  package func text(_ name: AttributeName) -> String? {
    texts(name).min()
  }

  package func texts(_ name: AttributeName) -> [String] {
    self[name].compactMap { String(validating: $0, as: UTF8.self) }
  }

  package func integer(_ name: AttributeName) -> Int64? {
    text(name).flatMap { Int64($0) }
  }

  /// LDAP booleans are the words TRUE and FALSE (RFC 4517 section 3.3.3).
  package func isTrue(_ name: AttributeName) -> Bool {
    text(name) == "TRUE"
  }
}

extension Image {
  /// Canonical: equal images give equal bytes.
  package func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(attributes.count))
    for (name, values) in attributes.sorted(by: { $0.key < $1.key }) {
      writer.write(name.folded)
      writer.write(UInt64(values.count))
      for value in values { writer.write(value) }
    }
    return writer.bytes
  }

  package init(encoded: [UInt8]) throws(BinaryCodingError) {
    var reader = BinaryReader(encoded)
    var attributes: [AttributeName: [[UInt8]]] = [:]
    for _ in 0..<(try reader.readCount()) {
      let name = AttributeName(try reader.readString())
      var values: [[UInt8]] = []
      for _ in 0..<(try reader.readCount()) { values.append(try reader.readBytes()) }
      attributes[name] = values
    }
    guard reader.isAtEnd else { throw .malformed }
    self.attributes = attributes
  }
}
