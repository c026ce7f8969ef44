/// What a directory object is to adprov, told from its objectClass values. The raw value is what the store keeps.
package enum ObjectClass: Int, Sendable, CaseIterable {
  case user = 1
  case group = 2
  case organizationalUnit = 3
  /// Any other container that can be a parent: `container`, `builtinDomain`, `lostAndFound` and the like.
  case container = 4
  case domain = 5
  case foreignSecurityPrincipal = 6
  case contact = 7
  case computer = 8
  case other = 9
}

extension ObjectClass {
  /// The most specific class that matters here. A computer is also a `user` to AD, so order counts, and a managed service
  /// account is a `computer` (MS-ADSC, msDS-ManagedServiceAccount), whose class must not depend on how much of it is shown.
  package init(values: some Sequence<String>) {
    let classes = Set(values.map { $0.lowercased() })
    let first = Self.precedence.first { classes.contains($0.name) }
    self = first?.objectClass ?? .other
  }

  private static let precedence: [(name: String, objectClass: ObjectClass)] = [
    ("computer", .computer), ("msds-managedserviceaccount", .computer), ("msds-groupmanagedserviceaccount", .computer),
    ("msds-delegatedmanagedserviceaccount", .computer), ("user", .user), ("group", .group),
    ("organizationalunit", .organizationalUnit),
    ("contact", .contact), ("foreignsecurityprincipal", .foreignSecurityPrincipal), ("domaindns", .domain),
    ("container", .container), ("builtindomain", .container), ("lostandfound", .container),
  ]

  /// The attribute type of the RDN of such an object (its rDNAttID in the schema).
  package var relativeNameType: String {
    switch self {
    case .organizationalUnit: "OU"
    case .domain: "DC"
    default: "CN"
    }
  }
}
