import Model
import Testing

@Suite("Times of Active Directory") struct DirectoryTimesTests {
  @Test(
    arguments: [
      ("0", .never), ("9223372036854775807", .never), ("116444736000000000", .at(Timestamp(milliseconds: 0))),
      ("1", .at(Timestamp(milliseconds: -11_644_473_600_000))),
      ("9223372036854775806", .at(Timestamp(milliseconds: 910_692_730_085_477))),
    ] as [(String, FileTime)]
  )
  func `a FILETIME is a time or never`(text: String, expected: FileTime) {
    #expect(FileTime(text) == expected)
  }

  @Test(arguments: ["", "-1", "+1", "1.5", "9223372036854775808", "99999999999999999999", "0x1", " 1"])
  func `anything else is no FILETIME`(text: String) {
    #expect(FileTime(text) == nil)
  }

  @Test(
    arguments: [
      ("19700101000000.0Z", 0), ("20261123015736.0Z", 1_795_399_056_000), ("20261123015736Z", 1_795_399_056_000),
      ("20240229235959.123456Z", 1_709_251_199_123), ("16010101000000.0Z", -11_644_473_600_000),
      ("00000301000000.0Z", -62_162_035_200_000), ("20000101000000.5Z", 946_684_800_500),
    ] as [(String, Int64)]
  )
  func `a GeneralizedTime is a moment`(text: String, milliseconds: Int64) {
    #expect(GeneralizedTime.timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "Z", "20261123015736.0", "20261123015736.Z", "20261323015736.0Z", "20230229000000.0Z", "20261123240000.0Z",
    "2026112301573x.0Z", "20261123015736.0+0100", "20261123015736.00000000000000000Z",
  ])
  func `anything else is none`(text: String) {
    #expect(GeneralizedTime.timestamp(text) == nil)
  }
}
