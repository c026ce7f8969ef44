/// How the attributes of a directory object become those of a resource, for each kind.
package struct Mapping: Hashable, Sendable {
  package let rules: [ResourceKind: [MappingRule]]
  /// Targets whose values are not to be read in the provisioning log.
  package var masked: Set<TargetPath> = []

  package init(rules: [ResourceKind: [MappingRule]]) {
    self.rules = rules
  }

  package func isMasked(_ path: TargetPath) -> Bool { masked.contains(path) }

  /// The attributes that must be read for it.
  package var sourceAttributes: Set<AttributeName> {
    Set(rules.values.joined().flatMap(\.source.attributes))
  }
}

package struct MappingRule: Hashable, Sendable {
  package let source: MappingSource
  package let target: TargetPath

  package init(_ source: MappingSource, _ target: TargetPath) {
    self.source = source
    self.target = target
  }
}

package enum MappingSource: Hashable, Sendable {
  /// An attribute as text; with several values the smallest.
  case attribute(AttributeName)
  case constant(ResourceValue)
  /// The userPrincipalName, or the implicit one that AD also accepts: sAMAccountName@domain (MS-ADTS 5.1.1.1.1).
  case userPrincipalName
  /// Whether userAccountControl lacks ACCOUNTDISABLE.
  case accountEnabled
  /// displayName, or the RDN where that is not set.
  case displayName
  /// The value of the RDN.
  case name
  /// objectGUID of the parent, as string.
  case parent

  package var attributes: [AttributeName] {
    switch self {
    case .attribute(let name): [name]
    case .userPrincipalName: ["userPrincipalName", "sAMAccountName"]
    case .accountEnabled: ["userAccountControl", "accountExpires"]
    case .displayName: ["displayName"]
    case .constant, .name, .parent: []
    }
  }
}
