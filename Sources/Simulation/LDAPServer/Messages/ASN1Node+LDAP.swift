import SwiftASN1

/// Bytes that are no message of LDAP.
package struct MalformedMessage: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

extension ASN1Identifier {
  static func application(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .application)
  }

  static func context(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}

/// LDAP tags nearly everything implicitly (RFC 4511 section 4), so that the kind of a value follows from its place.
extension ASN1Node {
  func children() throws(MalformedMessage) -> [ASN1Node] {
    guard case .constructed(let nodes) = content else { throw MalformedMessage("a value where a sequence belongs") }
    return Array(nodes)
  }

  func bytes() throws(MalformedMessage) -> [UInt8] {
    // Strings in pieces are valid BER, but not in LDAP (RFC 4511 section 5.1).
    guard case .primitive(let bytes) = content else { throw MalformedMessage("a sequence where a value belongs") }
    return Array(bytes)
  }

  func text() throws(MalformedMessage) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else { throw MalformedMessage("text is not UTF-8") }
    return text
  }

  func integer() throws(MalformedMessage) -> Int32 {
    let bytes = try bytes()
    guard let first = bytes.first, bytes.count <= 4 else {
      throw MalformedMessage("an integer of \(bytes.count) bytes")
    }
    return bytes.dropFirst().reduce(Int32(Int8(bitPattern: first))) { $0 << 8 | Int32($1) }
  }

  func boolean() throws(MalformedMessage) -> Bool {
    let bytes = try bytes()
    guard bytes.count == 1 else { throw MalformedMessage("a boolean of \(bytes.count) bytes") }
    return bytes[0] != 0
  }
}
