import Testing
import Words

@testable import Settings

@Suite struct `Syntax of values` {
  @Test(arguments: [
    ("30s", 30), ("2m", 120), ("1h30m", 5400), ("30d", 2_592_000), ("1d2h3m4s", 93784), ("90m", 5400), ("0s", 0),
  ])
  func `times are numbers with units`(text: String, seconds: Int) {
    #expect(DurationSyntax.parse(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "5", "m", "2 m", "-2m", "30m1h", "1m1m", "2min", "1.5h", "9999999999s", "٣m", "2M"])
  func `other times are refused`(text: String) {
    #expect(DurationSyntax.parse(text) == nil)
  }

  @Test(arguments: ["30s", "2m", "1h30m", "30d", "1d2h3m4s"])
  func `times are written as they are read`(text: String) throws {
    #expect(DurationSyntax.text(of: try #require(DurationSyntax.parse(text))) == text)
  }

  @Test(arguments: [
    ("corp.example.com", true), ("CORP", true), ("dc-1.corp.example.com", true), ("my_dc.example.com", true),
    ("", false), ("corp..com", false), (".com", false), ("corp.example.com.", false), ("-a.com", false),
    ("a b.com", false), ("10.0.0.1", false), ("bücher.example", false), ("ldap://dc1", false), ("dc1:636", false),
    (String(repeating: "a", count: 64) + ".com", false),
  ])
  func `host names are DNS names`(text: String, isValid: Bool) {
    #expect(HostName.isName(text) == isValid)
  }

  @Test(arguments: [
    ("10.0.0.1", true), ("255.255.255.255", true), ("256.0.0.1", false), ("10.0.1", false), ("a.b.c.d", false),
    ("1.2.3.+4", false), ("", false),
  ])
  func `addresses have four numbers`(text: String, isValid: Bool) {
    #expect(HostName.isAddress(text) == isValid)
  }

  @Test(arguments: [
    ("iam-ops@example.com", true), ("a.b+c@x.example", true), ("root@localhost", true), ("", false), ("a", false),
    ("@example.com", false), ("a@", false), ("a@b@c", false), ("a b@example.com", false), ("a@exam ple.com", false),
    ("Ops <ops@example.com>", false), (".a@example.com", false), ("a..b@example.com", false), ("a@b\r\nBcc:c", false),
  ])
  func `mail addresses are plain`(text: String, isValid: Bool) {
    #expect(MailAddress.isValid(text) == isValid)
  }

  @Test(arguments: [
    ("a", true), ("0", true), ("cloud-users-2", true), (String(repeating: "a", count: 63), true), ("", false),
    ("-a", false), ("A", false), ("a.b", false), ("../a", false), ("a/b", false), ("a_b", false), ("ä", false),
    (String(repeating: "a", count: 64), false),
  ])
  func `names of configurations are safe everywhere`(text: String, isValid: Bool) {
    #expect(ConfigurationName.isValid(text) == isValid)
  }

  @Test(arguments: [
    "title", "name.givenName", #"emails[type eq "work"].value"#, #"addresses[type eq "work"].streetAddress"#,
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
    #"urn:example:ext:Thing:items[kind eq "a:b"].value"#,
  ])
  func `targets are paths to one value`(text: String) {
    #expect(TargetPathSyntax.flaw(of: text) == nil)
  }

  @Test(arguments: [
    "", ".", "1title", "title.", ".title", "name.given.name", "emails[", "emails[]", #"emails[type eq "work"]"#,
    #"emails[type eq "work".value"#, #"emails[type ne "work"].value"#, #"emails[type eq work].value"#,
    #"emails[type eq "wo"rk"].value"#, #"emails[type eq "work" and primary eq true].value"#, "ti tle", "title\n",
    "tïtle", "urn:", "urn:x", "urn:ietf:params:", "urn:a b:c:d", #"emails[type eq ""].value"#, "a[b].c",
  ])
  func `other targets are refused`(text: String) {
    #expect(TargetPathSyntax.flaw(of: text) != nil)
  }

  @Test(arguments: [
    ("intervall", "interval"), ("notification_emails", "notification-emails"), ("Domain", "domain"),
    ("enable", "enabled"), ("guard", nil), ("x", nil), ("", nil),
  ])
  func `a misspelt key is told from an unknown one`(word: String, expected: String?) {
    let keys = ["domain", "enabled", "notification-emails", "interval", "scope", "sink", "mapping"]
    #expect(nearestWord(to: word, among: keys) == expected)
  }
}
