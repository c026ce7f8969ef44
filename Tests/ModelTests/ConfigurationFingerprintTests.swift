import Model
import Testing

@Suite struct `Configuration fingerprint` {
  private static let sales = DistinguishedName([
    RelativeName(type: "OU", value: "Sales"), RelativeName(type: "DC", value: "example"),
  ])
  private static let support = DistinguishedName([
    RelativeName(type: "OU", value: "Support"), RelativeName(type: "DC", value: "example"),
  ])

  private static func configuration(
    name: String = "one",
    domain: String = "example",
    isEnabled: Bool = true,
    emails: [String] = [],
    interval: Duration = .seconds(60),
    mode: Scope.Mode = .organizationalUnits([sales, support]),
    excluded: [DistinguishedName] = [],
    kinds: Set<ResourceKind> = [.user, .group],
    mapping: Mapping = .standard,
    onLeaveScope: LeavingPolicy = .disable,
    deleteAfter: Duration? = nil,
    sendsNestedGroups: Bool = false,
    filters: [ScopeFilter] = []
  ) -> Configuration {
    Configuration(
      name: name,
      domain: domain,
      isEnabled: isEnabled,
      notificationEmails: emails,
      interval: interval,
      scope: Scope(mode: mode, excluded: excluded, kinds: kinds, filters: filters),
      mapping: mapping,
      onLeaveScope: onLeaveScope,
      deleteAfter: deleteAfter,
      sendsNestedGroups: sendsNestedGroups
    )
  }

  @Test(arguments: [
    configuration(isEnabled: false), configuration(emails: ["iam@example.com"]), configuration(interval: .seconds(10)),
    configuration(mode: .organizationalUnits([support, sales])),
    configuration(mapping: Mapping(rules: Mapping.standard.rules.mapValues { $0.reversed() })),
  ])
  func `stays the same when no object could come out different`(other: Configuration) {
    #expect(other.fingerprint == Self.configuration().fingerprint)
  }

  @Test(arguments: [
    configuration(domain: "example.org"), configuration(mode: .all), configuration(mode: .organizationalUnits([sales])),
    configuration(mode: .groups([sales, support], nested: true)), configuration(excluded: [sales]),
    configuration(kinds: [.user]), configuration(onLeaveScope: .delete), configuration(deleteAfter: .seconds(1)),
    configuration(sendsNestedGroups: true), configuration(mapping: Mapping(rules: [:])),
    configuration(mapping: Mapping(rules: [.user: [MappingRule(.constant(.string("true")), "title")]])),
    configuration(mapping: Mapping(rules: [.user: [MappingRule(.constant(.boolean(true)), "title")]])),
    configuration(mapping: Mapping(rules: [.user: [MappingRule(.constant(.strings(["true"])), "title")]])),
    configuration(mapping: Mapping(rules: [.group: [MappingRule(.constant(.boolean(true)), "title")]])),
  ])
  func `changes with what evaluation depends on`(other: Configuration) {
    #expect(other.fingerprint != Self.configuration().fingerprint)
  }

  @Test func `tells groups with nested members from groups without`() {
    let nested = Self.configuration(mode: .groups([Self.sales], nested: true))
    let direct = Self.configuration(mode: .groups([Self.sales], nested: false))
    #expect(nested.fingerprint != direct.fingerprint)
  }

  @Test func `tells an included name from an excluded one`() {
    let one = Self.configuration(mode: .organizationalUnits([Self.sales]), excluded: [Self.support])
    let other = Self.configuration(mode: .organizationalUnits([Self.support]), excluded: [Self.sales])
    #expect(one.fingerprint != other.fingerprint)
  }

  @Test func `tells constants of two values from one value that looks like two`() {
    func fingerprint(_ texts: [String]) -> String {
      Self.configuration(mapping: Mapping(rules: [.user: [MappingRule(.constant(.strings(texts)), "title")]]))
        .fingerprint
    }
    #expect(fingerprint(["a", "b"]) != fingerprint(["a 1:b"]))
  }

  private static func filter(_ values: String..., kind: ResourceKind? = nil) throws -> ScopeFilter {
    ScopeFilter(kind: kind, clauses: try values.map { try ScopeClause("department", .equals, $0) })
  }

  @Test func `changes with each part of a filter, and not with their order`() throws {
    let filters = try [
      [], [Self.filter("a")], [Self.filter("b")], [Self.filter("a", kind: .user)], [Self.filter("a", "b")],
      [Self.filter("a"), Self.filter("b")], [Self.filter("a 1:b")],
      [ScopeFilter(clauses: [try ScopeClause("title", .equals, "a")])],
      [ScopeFilter(clauses: [try ScopeClause("department", .notEquals, "a")])],
    ]
    #expect(Set(filters.map { Self.configuration(filters: $0).fingerprint }).count == filters.count)
    #expect(
      try Self.configuration(filters: [Self.filter("a", "b"), Self.filter("c")]).fingerprint
        == Self.configuration(filters: [Self.filter("c"), Self.filter("b", "a")]).fingerprint
    )
  }

  @Test func `stands beside the attributes that are read for mapping and filters`() throws {
    let configuration = Self.configuration(
      mapping: Mapping(rules: [.user: [MappingRule(.attribute("title"), "title")]]),
      filters: [try Self.filter("a")]
    )
    #expect(configuration.sourceAttributes == ["title", "department"])
  }
}
