import Testing

@testable import Settings

@Suite struct TOMLTextTests {
  /// A quote with a combining mark behind it is one character, and none that equals a quote.
  @Test(arguments: [
    ("CN=Ann,DC=x", "\"CN=Ann,DC=x\""), (#"CN=a\,b"#, #"'CN=a\,b'"#), (#"it's "\"#, ##""it's \"\\""##),
    ("a\"\u{301}b", "'a\"\u{301}b'"), ("a\\\u{301}b", "'a\\\u{301}b'"), ("\\'\u{301}", "\"\\\\'\u{301}\""),
    ("a\nb", #""a\u000ab""#),
  ])
  func `a text is written so that nothing in it ends the string`(text: String, written: String) {
    #expect(TOMLText.string(text).utf8.elementsEqual(written.utf8))
  }
}
