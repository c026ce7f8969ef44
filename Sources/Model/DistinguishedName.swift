/// A distinguished name (RFC 4514). A place in the tree, never a key: objects are told apart by objectGUID.
package struct DistinguishedName: Hashable, Sendable {
  /// From the object up to the root.
  package let components: [RelativeName]

  package init(_ components: [RelativeName]) {
    self.components = components
  }

  /// The DNS name that the `DC=` components spell.
  package var domain: String {
    components.filter { $0.type == "DC" }.map(\.value).joined(separator: ".")
  }

  /// Whether the two name the same place as far as case goes; only for messages and look-ups that are verified after.
  package func matches(_ other: DistinguishedName) -> Bool {
    description.lowercased() == other.description.lowercased()
  }
}

/// One component, such as `OU=Sales`. Multi-valued RDNs do not occur in AD (MS-ADTS 3.1.1.1.4).
package struct RelativeName: Hashable, Sendable {
  /// In upper case.
  package let type: String
  /// Unescaped.
  package let value: String

  package init(type: String, value: String) {
    self.type = type.uppercased()
    self.value = value
  }
}

extension DistinguishedName: CustomStringConvertible {
  package var description: String {
    components.map { "\($0.type)=\(Self.escaped($0.value))" }.joined(separator: ",")
  }

  /// RFC 4514 section 2.4; control characters as hex pairs, as AD writes them.
  private static func escaped(_ value: String) -> String {
    var text = ""
    let scalars = Array(value.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isEdge = index == 0 || index == scalars.count - 1
      switch scalar {
      case ",", "+", "\"", "\\", "<", ">", ";", "=": text += "\\\(scalar)"
      case " " where isEdge: text += "\\ "
      case "#" where index == 0: text += "\\#"
      case _ where scalar.value < 0x20: text += "\\" + hexDigits(of: UInt8(scalar.value)).uppercased()
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension DistinguishedName {
  /// Reads the string form; throws with the reason when it is none.
  package init(parsing text: String) throws(DistinguishedNameError) {
    var parser = DistinguishedNameParser(text)
    components = try parser.parse()
  }
}

package enum DistinguishedNameError: Error, Equatable, CustomStringConvertible {
  case empty
  case missingType(at: Int)
  case badEscape(at: Int)
  case needsEscape(Character, at: Int)

  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .missingType(let offset): "component at byte \(offset) has no TYPE= before its value"
    case .badEscape(let offset):
      "the backslash at byte \(offset) is not followed by two hex digits or a special character"
    case .needsEscape(let character, let offset): "'\(character)' at byte \(offset) must be written as '\\\(character)'"
    }
  }
}
