package import LDAP
import SwiftASN1

/// Messages of a server (RFC 4511 section 4), one after the other.
package struct LDAPAnswerEncoder {
  private var serializer = DER.Serializer()

  package init() {}

  package var bytes: [UInt8] { serializer.serializedBytes }
  package var count: Int { serializer.serializedBytes.count }

  package mutating func entry(_ entry: LDAPEntry, to identifier: Int32, typesOnly: Bool = false) {
    message(identifier, []) { message in
      message.appendConstructedNode(identifier: .application(4)) { fields in
        fields.append(entry.name)
        fields.appendConstructedNode(identifier: .sequence) { attributes in
          for attribute in entry.attributes {
            attributes.appendConstructedNode(identifier: .sequence) { fields in
              fields.append(attribute.description.utf8)
              fields.appendConstructedNode(identifier: .set) { values in
                guard !typesOnly else { return }
                for value in attribute.values { values.append(value) }
              }
            }
          }
        }
      }
    }
  }

  /// - Parameter tag: which operation it is the answer to.
  package mutating func result(
    _ tag: Tag,
    _ result: LDAPResult,
    to identifier: Int32,
    controls: [LDAPControl] = [],
    name: String? = nil
  ) {
    message(identifier, controls) { message in
      message.appendConstructedNode(identifier: .application(tag.rawValue)) { fields in
        fields.append(result.code.rawValue, as: .enumerated)
        fields.append([])  // the matched DN
        fields.append(result.text.utf8)
        if let name { fields.append(name.utf8, as: .context(10)) }
      }
    }
  }

  package struct Tag: RawRepresentable, Sendable {
    package let rawValue: UInt
    package init(rawValue: UInt) { self.rawValue = rawValue }

    package static let bind = Tag(rawValue: 1)
    package static let search = Tag(rawValue: 5)
    package static let extended = Tag(rawValue: 24)
  }

  private mutating func message(
    _ identifier: Int32,
    _ controls: [LDAPControl],
    _ operation: (inout DER.Serializer) -> Void
  ) {
    serializer.appendConstructedNode(identifier: .sequence) { message in
      message.append(identifier, as: .integer)
      operation(&message)
      guard !controls.isEmpty else { return }
      message.appendConstructedNode(identifier: .context(0)) { list in
        for control in controls {
          list.appendConstructedNode(identifier: .sequence) { fields in
            fields.append(control.identifier.utf8)
            if control.isCritical { fields.append([0xFF], as: .boolean) }
            if let value = control.value { fields.append(value) }
          }
        }
      }
    }
  }
}

/// How an operation ended (RFC 4511 section 4.1.9).
package struct LDAPResult: Sendable, Equatable {
  package let code: LDAPResultCode
  package let text: String

  package init(_ code: LDAPResultCode, _ text: String = "") {
    self.code = code
    self.text = text
  }

  package static let success = LDAPResult(LDAPResultCode(rawValue: 0))
}

extension DER.Serializer {
  fileprivate mutating func append(_ bytes: some Sequence<UInt8>, as identifier: ASN1Identifier = .octetString) {
    appendPrimitiveNode(identifier: identifier) { $0.append(contentsOf: bytes) }
  }

  /// In as few bytes as keep the sign (X.690 section 8.3.2).
  fileprivate mutating func append(_ number: Int32, as identifier: ASN1Identifier) {
    var bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    while bytes.count > 1, bytes[0] == (bytes[1] & 0x80 == 0 ? 0 : 0xFF) { bytes.removeFirst() }
    append(bytes, as: identifier)
  }
}
