extension Mapping {
  /// What is sent of each kind where a configuration says nothing else; docs/mapping.md tells where it comes from.
  ///
  /// Users follow RFC 7643 sections 4.1 and 4.3, groups section 4.2. SCIM knows no organizational units: theirs is a
  /// vocabulary of sinks that can hold a tree.
  package static let standard = Mapping(rules: [
    .user: standardUserRules, .group: standardGroupRules, .organizationalUnit: standardOrganizationalUnitRules,
  ])

  private static let standardUserRules: [MappingRule] = [
    MappingRule(.userPrincipalName, .userName),
    MappingRule(.accountEnabled, .active),
    MappingRule(.displayName, .displayName),
    MappingRule(.attribute("givenName"), "name.givenName"),
    MappingRule(.attribute("sn"), "name.familyName"),
    MappingRule(.attribute("title"), "title"),
    MappingRule(.attribute("preferredLanguage"), "preferredLanguage"),
    MappingRule(.attribute("mail"), #"emails[type eq "work"].value"#),
    MappingRule(.attribute("telephoneNumber"), #"phoneNumbers[type eq "work"].value"#),
    MappingRule(.attribute("mobile"), #"phoneNumbers[type eq "mobile"].value"#),
    MappingRule(.attribute("streetAddress"), #"addresses[type eq "work"].streetAddress"#),
    MappingRule(.attribute("l"), #"addresses[type eq "work"].locality"#),
    MappingRule(.attribute("st"), #"addresses[type eq "work"].region"#),
    MappingRule(.attribute("postalCode"), #"addresses[type eq "work"].postalCode"#),
    // `c` and not `co`: RFC 7643 section 4.1.2 asks for the two letters of ISO 3166-1.
    MappingRule(.attribute("c"), #"addresses[type eq "work"].country"#),
    MappingRule(.attribute("employeeID"), enterprise("employeeNumber")),
    MappingRule(.attribute("department"), enterprise("department")),
    MappingRule(.attribute("company"), enterprise("organization")),
    MappingRule(.attribute("division"), enterprise("division")),
  ]

  private static let standardGroupRules: [MappingRule] = [
    MappingRule(.displayName, .displayName)
  ]

  private static let standardOrganizationalUnitRules: [MappingRule] = [
    MappingRule(.name, .displayName),
    MappingRule(.attribute("description"), "description"),
    MappingRule(.parent, "parent"),
  ]

  /// An attribute of the enterprise extension (RFC 7643 section 4.3).
  private static func enterprise(_ attribute: String) -> TargetPath {
    TargetPath("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:\(attribute)")
  }
}
