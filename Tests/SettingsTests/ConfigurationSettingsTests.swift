import Model
import Testing

@testable import Settings

@Suite struct `Configuration file` {
  @Test func `gives all of its values`() throws {
    let settings = try ConfigurationFixture.parse(ConfigurationFixture.text)
    let configuration = settings.configuration
    #expect(configuration.name == "one")
    #expect(configuration.domain == "corp.example.com")
    #expect(configuration.isEnabled)
    #expect(configuration.notificationEmails == ["iam-ops@example.com"])
    #expect(configuration.interval == .seconds(300))
    let group = try DistinguishedName(parsing: "CN=Cloud Users,OU=Groups,DC=corp,DC=example,DC=com")
    #expect(configuration.scope.mode == .groups([group], nested: false))
    #expect(configuration.scope.excluded.map(\.description) == ["OU=Service Accounts,DC=corp,DC=example,DC=com"])
    #expect(configuration.scope.kinds == [.user, .group])
    #expect(configuration.onLeaveScope == .disable)
    #expect(configuration.deleteAfter == .seconds(30 * 86400))
    #expect(configuration.sendsNestedGroups)
    #expect(configuration.deleteGuard == .standard)
    #expect(configuration.mapping.rules[.user]?.last == MappingRule(.attribute("extensionAttribute1"), "nickName"))
    #expect(
      settings.sink
        == .scim(
          SCIMSinkSettings(
            endpoint: "https://scim.example.com/v2",
            token: .credential("scim-token"),
            caFile: "/etc/adprov/ca.pem",
            maximumInFlight: 4
          )
        )
    )
  }

  @Test func `gives the limits of the guard`() throws {
    let settings = try ConfigurationFixture.parse(
      ConfigurationFixture.text + """

        [guard]
        window = "12h"
        deletes = { count = 100, percent = 3 }
        members = { minimum = 10 }
        """
    )
    var limits = DeleteGuard.standard
    limits.window = .seconds(12 * 3600)
    (limits.count, limits.kind.percent, limits.members.minimum) = (100, 3, 10)
    #expect(settings.configuration.deleteGuard == limits)
  }

  @Test func `fills in defaults`() throws {
    let settings = try ConfigurationFixture.parse(
      """
      domain = "CORP.example.com"
      [scope]
      mode = "all"
      [sink]
      kind = "file"
      path = "out.jsonl"
      """
    )
    let configuration = settings.configuration
    #expect(configuration.domain == "corp.example.com")
    #expect(!configuration.isEnabled)
    #expect(configuration.notificationEmails.isEmpty)
    #expect(configuration.interval == .seconds(120))
    #expect(configuration.scope == Scope(mode: .all, kinds: [.user, .group]))
    #expect(configuration.mapping == .standard)
    #expect(configuration.onLeaveScope == .disable)
    #expect(configuration.deleteAfter == nil)
    #expect(!configuration.sendsNestedGroups)
    #expect(settings.sink == .file(path: "/etc/adprov/out.jsonl"))
  }

  @Test func `includes members of member groups unless told otherwise`() throws {
    let text = ConfigurationFixture.text.replacing("nested-groups = false\n", with: "")
    guard case .groups(_, let nested) = try ConfigurationFixture.parse(text).configuration.scope.mode else {
      throw Unexpected()
    }
    #expect(nested)
  }

  @Test func `reports all problems at once, in the order of their lines`() {
    let text = ConfigurationFixture.text
      .replacing(#""5m""#, with: #""1s""#).replacing("true", with: "1").replacing("nickName", with: "nick name")
    #expect(
      ConfigurationFixture.problems(text) == [
        "/etc/adprov/one.toml:2: enabled: is an integer. Give true or false, without quotes",
        "/etc/adprov/one.toml:4: interval: \"1s\" is too short. Give at least 10s",
        "/etc/adprov/one.toml:21: sink.nested-groups: is an integer. Give true or false, without quotes",
        "/etc/adprov/one.toml:25: mapping.user[1].target: \"nick name\" is not a target: \" name\" cannot follow the name"
          + " of an attribute. Write for example title, name.givenName or emails[type eq \"work\"].value",
      ]
    )
  }

  @Test func `reports a syntax error with its line`() throws {
    let problem = try #require(ConfigurationFixture.problems("domain = \"corp.example.com\"\nenabled = yes\n").first)
    #expect(problem.hasPrefix("/etc/adprov/one.toml:2: is not valid TOML: "))
  }

  @Test(arguments: ["domain = \"a\0b\"", #"domain = "a\u0000b""#])
  func `refuses NUL, at which the parser would cut a value`(line: String) throws {
    let problem = try #require(ConfigurationFixture.problems("enabled = true\n" + line).first)
    #expect(problem == "/etc/adprov/one.toml:2: contains a NUL character. Remove it")
  }

  @Test func `shows control characters of a value and does not obey them`() throws {
    let text = ConfigurationFixture.text.replacing(#""5m""#, with: #""\u001b[31m\n""#)
    let problem = try #require(ConfigurationFixture.problems(text).first)
    #expect(problem.contains(#""\u{1b}[31m\u{a}""#))
    #expect(!problem.contains("\n"))
  }
}

struct Unexpected: Error {}
