import Model
import Testing

@testable import Settings

@Suite struct `Mapping of a configuration` {
  private static func rules(_ kind: ResourceKind, _ text: String) throws -> [MappingRule] {
    let head = ConfigurationFixture.text.split(separator: "[[mapping.user]]")[0]
    return try #require(try ConfigurationFixture.parse(head + text).configuration.mapping.rules[kind])
  }

  @Test func `keeps the default where nothing else is said`() throws {
    #expect(try Self.rules(.user, "") == Mapping.standard.rules[.user])
  }

  @Test func `adds a rule for a new target`() throws {
    let rules = try Self.rules(.user, "[[mapping.user]]\nsource = \"info\"\ntarget = \"nickName\"\n")
    #expect(rules.count == (Mapping.standard.rules[.user]?.count ?? 0) + 1)
    #expect(rules.contains(MappingRule(.attribute("info"), "nickName")))
  }

  @Test(arguments: ["userName", "username", "USERNAME"])
  func `replaces the default rule of a target, in whatever case it is written`(target: String) throws {
    let rules = try Self.rules(.user, "[[mapping.user]]\nsource = \"mail\"\ntarget = \"\(target)\"\n")
    #expect(rules.count == Mapping.standard.rules[.user]?.count)
    #expect(rules.filter { $0.target == .userName } == [MappingRule(.attribute("mail"), .userName)])
  }

  @Test(arguments: [
    ("\"Employee\"", ResourceValue.string("Employee")), ("true", .boolean(true)),
    (#"["a", "b"]"#, .strings(["a", "b"])),
  ])
  func `takes constants`(text: String, value: ResourceValue) throws {
    let rules = try Self.rules(.user, "[[mapping.user]]\nconstant = \(text)\ntarget = \"userType\"\n")
    #expect(rules.last == MappingRule(.constant(value), "userType"))
  }

  @Test func `may hold active at a constant boolean`() throws {
    let rules = try Self.rules(.user, "[[mapping.user]]\nconstant = false\ntarget = \"active\"\n")
    #expect(rules.filter { $0.target == .active } == [MappingRule(.constant(.boolean(false)), .active)])
  }

  @Test(arguments: [
    ("user", "active", "\"true\""), ("user", "userName", "\"x\""), ("group", "displayName", "\"x\""),
    ("organizational-unit", "displayName", "\"x\""), ("user", "title", "1"), ("user", "title", "\"\""),
  ])
  func `refuses constants that make no sense`(kind: String, target: String, constant: String) {
    #expect(throws: InvalidSettings.self) {
      try Self.rules(.user, "[[mapping.\(kind)]]\nconstant = \(constant)\ntarget = \"\(target)\"\n")
    }
  }

  @Test func `changes groups and organizational units apart from users`() throws {
    let text = """
      [[mapping.group]]
      source = "sAMAccountName"
      target = "displayName"
      [[mapping.organizational-unit]]
      source = "street"
      target = "description"
      """
    #expect(try Self.rules(.group, text) == [MappingRule(.attribute("sAMAccountName"), .displayName)])
    #expect(try Self.rules(.organizationalUnit, text).contains(MappingRule(.attribute("street"), "description")))
    #expect(try Self.rules(.user, text) == Mapping.standard.rules[.user])
  }
}
