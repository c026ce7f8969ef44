/// The lDAPDisplayName of an attribute; compared without regard to case (RFC 4512 section 2.5).
package struct AttributeName: Hashable, Sendable, ExpressibleByStringLiteral {
  /// In lower case.
  package let folded: String

  package init(_ name: some StringProtocol) {
    folded = name.lowercased()
  }

  package init(stringLiteral name: String) {
    self.init(name)
  }
}

extension AttributeName: Comparable, CustomStringConvertible {
  package static func < (left: AttributeName, right: AttributeName) -> Bool { left.folded < right.folded }
  package var description: String { folded }
}
