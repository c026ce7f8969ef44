import Model
import Testing

@Suite struct `Default mapping` {
  @Test(arguments: ResourceKind.allCases)
  func `gives every target of a kind once`(kind: ResourceKind) throws {
    let targets = try #require(Mapping.standard.rules[kind]).map { $0.target.text.lowercased() }
    #expect(!targets.isEmpty)
    #expect(Set(targets).count == targets.count)
  }

  @Test func `gives users what SCIM asks for`() throws {
    let rules = try #require(Mapping.standard.rules[.user])
    #expect(rules.contains(MappingRule(.userPrincipalName, .userName)))
    #expect(rules.contains(MappingRule(.accountEnabled, .active)))
  }

  @Test func `gives groups and organizational units a name to be shown`() throws {
    #expect(try #require(Mapping.standard.rules[.group]).contains(MappingRule(.displayName, .displayName)))
    #expect(try #require(Mapping.standard.rules[.organizationalUnit]).contains(MappingRule(.name, .displayName)))
  }
}
