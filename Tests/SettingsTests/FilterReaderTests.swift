import Model
import Testing

@testable import Settings

@Suite struct `Filters of a configuration` {
  private static func text(_ filters: String) -> String {
    ConfigurationFixture.text.replacing("[sink]", with: filters + "\n\n[sink]")
  }

  private static func filter(_ clause: String) -> String {
    text("[[scope.filter]]\nclauses = [\(clause)]")
  }

  @Test func `are read with all that they say`() throws {
    let filters = try ConfigurationFixture.parse(
      Self.text(
        #"""
        [[scope.filter]]
        object-class = "user"
        clauses = [
          { attribute = "department", operator = "EQUALS", value = "Sales" },
          { attribute = "employeeNumber", operator = "greater_than", value = 1000 },
          { attribute = "mail", operator = "REGEX MATCH", value = '.*\@example\.com' },
        ]
        [[scope.filter]]
        clauses = [{ attribute = "thumbnailPhoto", operator = "IS NOT NULL" }]
        """#
      )
    ).configuration.scope.filters
    #expect(
      try filters == [
        ScopeFilter(
          kind: .user,
          clauses: [
            ScopeClause("department", .equals, "Sales"), ScopeClause("employeeNumber", .greaterThan, "1000"),
            ScopeClause("mail", .regexMatch, #".*\@example\.com"#),
          ]
        ), ScopeFilter(clauses: [ScopeClause("thumbnailPhoto", .isNotNull)]),
      ]
    )
  }

  @Test(arguments: [
    (
      #"{ attribute = "a", operator = "EQUAL", value = "b" }"#,
      ".operator: \"EQUAL\" is not an operator. Did you mean \"EQUALS\"?"
    ),
    (
      #"{ attribute = "a", operator = "GREATER THEN", value = 1 }"#,
      ".operator: \"GREATER THEN\" is not an operator. Did you mean \"Greater_Than\"?"
    ),
    (
      #"{ attribute = "a", operator = "PRESENT" }"#,
      ".operator: \"PRESENT\" is not an operator. Choose one of \"EQUALS\", "
    ),
    (#"{ attribute = "a", value = "b" }"#, ".operator: is missing."),
    (#"{ operator = "IS NULL" }"#, ".attribute: is missing."),
    (#"{ attribute = "a b", operator = "IS NULL" }"#, ".attribute: \"a b\" cannot be asked: it is not the name"),
    (
      #"{ attribute = "memberOf", operator = "EQUALS", value = "x" }"#,
      ".attribute: \"memberOf\" cannot be asked: memberships are no values. Choose mode"
    ),
    (
      #"{ attribute = "manager", operator = "IS NULL" }"#,
      ".attribute: \"manager\" cannot be asked: its values name other objects"
    ),
    (
      #"{ attribute = "distinguishedName", operator = "Includes", value = "x" }"#,
      ".attribute: \"distinguishedName\" cannot be asked: it changes with"
    ),
    (
      #"{ attribute = "lastLogon", operator = "IS NULL" }"#,
      ".attribute: \"lastLogon\" cannot be asked: each domain controller"
    ),
    (
      #"{ attribute = "canonicalName", operator = "IS NULL" }"#,
      ".attribute: \"canonicalName\" cannot be asked: it is computed"
    ),
    (
      #"{ attribute = "unicodePwd", operator = "IS NULL" }"#,
      ".attribute: \"unicodePwd\" cannot be asked: it holds a secret"
    ),
    (
      #"{ attribute = "objectSid", operator = "EQUALS", value = "x" }"#,
      ".attribute: \"objectSid\" cannot be asked: its values are not text."
    ),
    (#"{ attribute = "a", operator = "EQUALS" }"#, ".value: is missing."),
    (#"{ attribute = "a", operator = "EQUALS", value = "" }"#, ".value: is empty."),
    (#"{ attribute = "a", operator = "IS NULL", value = "x" }"#, ".value: has no meaning with \"IS NULL\". Remove it"),
    (#"{ attribute = "a", operator = "EQUALS", value = true }"#, ".value: is a boolean. Use the operator \"IS TRUE\""),
    (#"{ attribute = "a", operator = "EQUALS", value = 2026-01-31 }"#, ".value: is a date. Give text in quotes"),
    (
      #"{ attribute = "a", operator = "Greater_Than", value = "ten" }"#,
      ".value: \"ten\" is neither a whole number nor a time, but \"Greater_Than\""
    ),
    (
      #"{ attribute = "a", operator = "REGEX MATCH", value = "a(b" }"#,
      ".value: \"a(b\" is not a regular expression: missing closing parenthesis (after 3 characters)."
    ),
    (#"{ attribute = "a", operator = "IS NULL", values = "x" }"#, ".values: unknown key. Did you mean value?"),
  ])
  func `are refused with the place of what is wrong`(clause: String, problem: String) {
    let problems = ConfigurationFixture.problems(Self.filter(clause))
    #expect(problems.count == 1)
    let expected = "/etc/adprov/one.toml:14: scope.filter[1].clauses[1]" + problem
    #expect(problems.first?.hasPrefix(expected) == true, "\(problems)")
  }

  @Test(arguments: [
    ("[[scope.filter]]", "13: scope.filter[1].clauses: is missing. Add it"),
    ("[[scope.filter]]\nclauses = []", "14: scope.filter[1].clauses: is empty."),
    ("[[scope.filter]]\nclauses = 1", "14: scope.filter[1].clauses: is an integer."),
    (
      "[[scope.filter]]\nobject-class = \"organizational-unit\"\nclauses = [{ attribute = \"a\", operator = \"IS NULL\" }]",
      "14: scope.filter[1].object-class: the scope holds no objects of the class organizational-unit."
    ),
    (
      "[[scope.filter]]\nobject-class = \"usr\"\nclauses = [{ attribute = \"a\", operator = \"IS NULL\" }]",
      "14: scope.filter[1].object-class: \"usr\" is not a choice. Did you mean \"user\"?"
    ),
  ])
  func `are refused when they are none`(filter: String, problem: String) {
    let problems = ConfigurationFixture.problems(Self.text(filter))
    #expect(problems.count == 1 && problems[0].hasPrefix("/etc/adprov/one.toml:" + problem), "\(problems)")
  }

  @Test func `stay as they are written when the configuration is switched`() throws {
    let text = Self.text("[[scope.filter]] # why\n  clauses = [\n{attribute='a',operator = \"!&\", value = 'é\\',},\n]")
      .replacing(",},", with: "},")
    let disabled = try #require(ConfigurationText.settingEnabled(false, in: text))
    #expect(disabled == text.replacing("enabled = true", with: "enabled = false"))
    #expect(
      try ConfigurationFixture.parse(disabled).configuration.scope
        == ConfigurationFixture.parse(text).configuration.scope
    )
    #expect(try ConfigurationFixture.parse(text).configuration.scope.filters.first?.clauses.first?.value == #"é\"#)
  }
}
