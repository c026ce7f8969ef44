import LDAP
import Model

/// A filter (RFC 4515) of the kinds that the agent sends; of any other it is said that it is not known.
indirect enum SearchFilter: Sendable {
  case all([SearchFilter])
  case any([SearchFilter])
  case no(SearchFilter)
  case equal(AttributeName, [UInt8])
  case atLeast(AttributeName, Int64)
  case present(AttributeName)
  /// LDAP_MATCHING_RULE_BIT_AND (MS-ADTS 3.1.1.3.4.4.1).
  case hasBits(AttributeName, Int64)

  /// - Throws: `LDAPError` with unwillingToPerform.
  init(_ text: String) throws(LDAPError) {
    var parser = SearchFilterParser(text)
    self = try parser.whole()
  }

  /// - Parameter values: of one object, by name.
  func matches(_ values: (AttributeName) -> [[UInt8]]) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.matches(values) }
    case .any(let parts): parts.contains { $0.matches(values) }
    case .no(let part): !part.matches(values)
    case .equal(let name, let value): values(name).contains { Self.isSame($0, value) }
    case .atLeast(let name, let bound): values(name).contains { Self.number($0).map { $0 >= bound } ?? false }
    case .present(let name): !values(name).isEmpty
    case .hasBits(let name, let bits): values(name).contains { Self.number($0).map { $0 & bits == bits } ?? false }
    }
  }

  /// The value that the filter asks some attribute to be equal to, on the top level of conjunctions.
  func required(_ name: AttributeName) -> [UInt8]? {
    switch self {
    case .equal(name, let value): value
    case .all(let parts): parts.lazy.compactMap { $0.required(name) }.first
    default: nil
    }
  }

  /// The attributes that it looks at.
  var names: Set<AttributeName> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.names) }
    case .no(let part): part.names
    case .equal(let name, _), .atLeast(let name, _), .present(let name), .hasBits(let name, _): [name]
    }
  }

  private static func number(_ value: [UInt8]) -> Int64? { Int64(String(decoding: value, as: UTF8.self)) }

  /// Without regard to the case of ASCII; of binary values nearly the same.
  private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0 == $1 || folded($0) == folded($1) }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension LDAPError {
  static func unknownFilter(_ text: String) -> LDAPError {
    LDAPError(.search, .unwillingToPerform, "the simulated domain controller does not know filters such as \(text)")
  }
}
