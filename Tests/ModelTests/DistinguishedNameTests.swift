import Model
import Testing

@Suite("Distinguished name")
struct DistinguishedNameTests {
  @Test(
    "is read and written the same",
    arguments: [
      "CN=Łukasz O'Neill,OU=Sales,DC=corp,DC=example,DC=com", #"CN=Smith\, John,DC=corp"#, #"CN=a\+b\"c\\d,DC=x"#,
      #"CN=\ edge\ ,DC=x"#, ##"CN=\#1,DC=x"##, #"CN=old\0ADEL:1,DC=x"#,
    ]
  )
  func roundTrip(text: String) throws {
    #expect(try DistinguishedName(parsing: text).description == text)
  }

  @Test("tolerates spaces around its components and any case of types")
  func spaces() throws {
    #expect(try DistinguishedName(parsing: "cn = A , dc=x").description == "CN=A,DC=x")
  }

  @Test("knows the DNS name of its domain")
  func domain() throws {
    #expect(try DistinguishedName(parsing: "OU=A,DC=corp,DC=example,DC=com").domain == "corp.example.com")
  }

  @Test(
    "is refused with the reason",
    arguments: [
      ("", DistinguishedNameError.empty), ("Sales", .missingType(at: 0)), ("CN=A,,DC=x", .missingType(at: 5)),
      (#"CN=A\"#, .badEscape(at: 4)), (#"CN=A\z"#, .badEscape(at: 4)), ("CN=A;B", .needsEscape(";", at: 4)),
      ("CN=#1", .needsEscape("#", at: 3)),
    ]
  )
  func refusals(text: String, reason: DistinguishedNameError) {
    #expect(throws: reason) { try DistinguishedName(parsing: text) }
  }
}
