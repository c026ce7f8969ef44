import Model
import Testing

@testable import SCIM

@Suite struct SCIMPathTests {
  private static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

  @Test(
    arguments: [
      ("userName", nil, "userName", nil, nil),
      ("name.givenName", nil, "name", nil, "givenName"),
      (#"emails[type eq "work"].value"#, nil, "emails", #"type eq "work""#, "value"),
      (#"emails[type eq "work"]"#, nil, "emails", #"type eq "work""#, nil),
      (#"roles[primary EQ true].value"#, nil, "roles", "primary eq true", "value"),
      (#"x[type eq "a\"] b: c.d"].value"#, nil, "x", #"type eq "a\"] b: c.d""#, "value"),
      ("\(enterprise):department", enterprise, "department", nil, nil),
      ("\(enterprise):manager.value", enterprise, "manager", nil, "value"),
      (#"\#(enterprise):posts[type eq "a:b"].value"#, enterprise, "posts", #"type eq "a:b""#, "value"),
      ("urn:ietf:params:scim:schemas:core:2.0:User:title", nil, "title", nil, nil),
    ] as [(String, String?, String, String?, String?)]
  )
  func `a path is taken apart`(text: String, schema: String?, attribute: String, filter: String?, sub: String?) throws {
    let path = try #require(SCIMPath(TargetPath(text)))
    #expect(path.schema == schema)
    #expect(path.attribute == attribute)
    #expect(path.filter?.text == filter)
    #expect(path.subAttribute == sub)
    if !text.hasPrefix("urn:ietf:params:scim:schemas:core") {
      #expect(path.text == text.replacing(" EQ ", with: " eq "))
    }
  }

  /// A quote with a combining mark behind it is one character, and none that equals a quote.
  @Test(arguments: [
    (#"a"b\c"#, #""a\"b\\c""#), ("a\"\u{301} or id pr", "\"a\\\"\u{301} or id pr\""),
    ("a\\\u{301}", "\"a\\\\\u{301}\""), ("a\r\n\0", #""a\u000d\u000a\u0000""#), ("ä", "\"ä\""), ("", "\"\""),
  ])
  func `a text becomes one literal of a filter`(text: String, literal: String) {
    #expect(text.filterLiteral.utf8.elementsEqual(literal.utf8))
    #expect(JSONValue(decoding: Array(text.filterLiteral.utf8)) == .string(text))
  }

  @Test(arguments: [
    "", ".", "a.", ".b", "a.b.c", "a b", "a[", "a]", "a[].b", "a[type].b", "a[type eq].b", #"a[type ne "x"].b"#,
    #"a[type eq "x" and b eq "y"].c"#, "a[type eq x].b", "a[type eq 5].b", #"a[type eq "x"]b"#, "urn:", "urn:x:", "a\n",
    "ä", "-a", #"a"b"#,
  ])
  func `what is no path has none`(text: String) {
    #expect(SCIMPath(TargetPath(text)) == nil)
  }
}
