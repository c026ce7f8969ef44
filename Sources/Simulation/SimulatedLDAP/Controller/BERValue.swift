import LDAP
import SwiftASN1

/// The values of controls: a sequence of integers and octet strings.
enum BERValue {
  /// The contents of so many primitive elements of a sequence.
  ///
  /// - Throws: `LDAPError` with protocolError when it is anything else.
  static func fields(_ bytes: [UInt8], count: Int) throws(LDAPError) -> [[UInt8]] {
    guard let root = try? BER.parse(bytes), root.identifier == .sequence, case .constructed(let nodes) = root.content
    else { throw .controlRefused(.protocolError) }
    let fields = nodes.compactMap { node -> [UInt8]? in
      if case .primitive(let bytes) = node.content { Array(bytes) } else { nil }
    }
    guard fields.count == count else { throw .controlRefused(.protocolError) }
    return fields
  }

  static func integer(_ bytes: [UInt8]) -> Int32? {
    guard let first = bytes.first, bytes.count <= 4 else { return nil }
    return bytes.dropFirst().reduce(Int32(Int8(bitPattern: first))) { $0 << 8 | Int32($1) }
  }

  /// SEQUENCE of small non-negative integers and then an octet string, as both controls for answers are.
  static func sequence(_ numbers: [UInt8], _ octets: [UInt8]) -> [UInt8] {
    var serializer = DER.Serializer()
    serializer.appendConstructedNode(identifier: .sequence) { fields in
      for number in numbers { fields.appendPrimitiveNode(identifier: .integer) { $0.append(number) } }
      fields.appendPrimitiveNode(identifier: .octetString) { $0.append(contentsOf: octets) }
    }
    return serializer.serializedBytes
  }
}
