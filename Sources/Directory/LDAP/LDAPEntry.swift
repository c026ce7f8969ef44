/// An object as a search gives it; everything is copied out of libldap.
package struct LDAPEntry: Hashable, Sendable {
  /// The DN as sent: with the extended DN control preceded by GUID and SID; empty for an object the account may not see.
  package let name: [UInt8]
  /// In the order of arrival.
  package let attributes: [LDAPAttribute]

  package init(name: [UInt8], attributes: [LDAPAttribute]) {
    self.name = name
    self.attributes = attributes
  }
}

package struct LDAPAttribute: Hashable, Sendable {
  /// The attribute description of RFC 4512 section 2.5: a name and options such as `;range=0-1499`.
  package let description: String
  /// Without any value the attribute is named but empty.
  package let values: [[UInt8]]

  package init(_ description: String, _ values: [[UInt8]]) {
    self.description = description
    self.values = values
  }
}

extension LDAPEntry {
  /// The values of the attribute of exactly that description, in any case; nil when the entry does not name it.
  package subscript(description: String) -> [[UInt8]]? {
    let folded = description.lowercased()
    return attributes.first { $0.description.lowercased() == folded }?.values
  }

  /// The first value as text, if it is text.
  package func text(_ description: String) -> String? {
    self[description]?.first.flatMap { String(validating: $0, as: UTF8.self) }
  }
}
