import Engine
import Model
import TestSupport
import Testing

@testable import FileSink

/// The file is an interface: other programs read it.
@Suite struct FileSinkLineTests {
  private static let user = Resource(
    kind: .user,
    externalID: .numbered(7),
    attributes: [
      .userName: .string("ada@example.com"), .active: .boolean(true), "title": .string("a\"b\n\u{2028}/ö"),
      #"emails[type eq "work"].value"#: .string("ada@example.com"), "tags": .strings(["x", "y"]),
    ]
  )
  private static let member = MemberReference(guid: .numbered(8), kind: .group, remoteID: "unused")

  private static let attributes =
    #"{"active":true,"emails[type eq \"work\"].value":"ada@example.com","tags":["x","y"],"#
    + "\"title\":\"a\\\"b\\n\u{2028}/ö\",\"userName\":\"ada@example.com\"}"
  private static let guid = #""guid":"00000000-0000-0000-0000-000000000007","id":"op""#
  private static let time = #""time":"2027-01-15T08:00:00.007Z""#

  static let cases: [(ResourceKind, Operation.Action, String)] = [
    (.user, .create(user), #"{"action":"create",\#(guid),"kind":"user","resource":\#(attributes),\#(time)}"#),
    (
      .user,
      .update(
        user,
        changes: [
          AttributeChange(path: "title", old: nil, new: .string("x")),
          AttributeChange(path: .active, old: .boolean(true), new: nil),
        ]
      ),
      #"{"action":"update","changes":[{"new":"x","old":null,"path":"title"},{"new":null,"old":true,"path":"active"}],"#
        + #"\#(guid),"kind":"user","resource":\#(attributes),\#(time)}"#
    ),
    (.organizationalUnit, .delete, #"{"action":"delete",\#(guid),"kind":"organizational-unit",\#(time)}"#),
    (
      .group, .members(added: [member], removed: []),
      #"{"action":"members","added":[{"guid":"00000000-0000-0000-0000-000000000008","kind":"group"}],"#
        + #"\#(guid),"kind":"group","removed":[],\#(time)}"#
    ),
  ]

  @Test(arguments: cases)
  func `every action has its line`(kind: ResourceKind, action: Operation.Action, line: String) throws {
    let operation = Operation(id: "op", kind: kind, guid: .numbered(7), remoteID: nil, action: action)
    let bytes = try FileSinkLine(operation, at: Timestamp(milliseconds: 1_800_000_000_007)).encoded()
    #expect(String(decoding: bytes, as: UTF8.self) == line + "\n")
    #expect(FileSinkLine.id(ofLine: bytes.dropLast()) == "op")
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_120, "2000-02-29T00:00:00.120Z"), (1_800_000_000_999, "2027-01-15T08:00:00.999Z"),
  ])
  func `time is written in UTC with milliseconds`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
  }
}
