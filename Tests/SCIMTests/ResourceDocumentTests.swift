import Model
import TestSupport
import Testing

@testable import SCIM

@Suite struct ResourceDocumentTests {
  private func text(_ attributes: [TargetPath: ResourceValue]) throws -> String {
    let resource = Resource(kind: .user, externalID: .numbered(7), attributes: attributes)
    return String(decoding: try ResourceDocument(resource).json.encoded, as: UTF8.self)
  }

  private func document(_ rest: String, schemas: String = "") -> String {
    #"{"#
      + rest.replacing("EXTERNAL", with: #""externalId":"00000000-0000-0000-0000-000000000007""#)
      .replacing("SCHEMAS", with: #""schemas":["urn:ietf:params:scim:schemas:core:2.0:User"\#(schemas)]"#) + "}"
  }

  @Test func `parts of one element stand together, other elements beside it`() throws {
    let text = try text([
      #"addresses[type eq "work"].locality"#: "Berlin", #"addresses[type eq "work"].country"#: "DE",
      #"addresses[type eq "home"].country"#: "FR",
    ])
    #expect(
      text
        == document(
          #""addresses":[{"country":"FR","type":"home"},{"country":"DE","locality":"Berlin","type":"work"}],EXTERNAL,SCHEMAS"#
        )
    )
  }

  @Test func `parts of one complex attribute stand together`() throws {
    let text = try text(["name.givenName": "Zoë", "name.familyName": "O\"Neill\n"])
    #expect(text == document(#"EXTERNAL,"name":{"familyName":"O\"Neill\n","givenName":"Zoë"},SCHEMAS"#))
  }

  @Test func `an extension has its own object and is named among the schemas`() throws {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    let text = try text([
      TargetPath("\(enterprise):department"): "Sales", TargetPath("\(enterprise):manager.value"): "3",
    ])
    #expect(
      text
        == document(
          #"EXTERNAL,SCHEMAS,"\#(enterprise)":{"department":"Sales","manager":{"value":"3"}}"#,
          schemas: #","\#(enterprise)""#
        )
    )
  }

  @Test func `no mapping changes the externalId`() throws {
    #expect(try text(["externalId": "else"]) == document("EXTERNAL,SCHEMAS"))
  }

  @Test func `booleans and lists keep their types`() throws {
    #expect(
      try text([.active: false, "tags": .strings(["b", "a"])])
        == document(#""active":false,EXTERNAL,SCHEMAS,"tags":["b","a"]"#)
    )
  }
}
