import Model
import Testing

@Suite("SID")
struct SIDTests {
  static let domain: [UInt8] = [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]

  @Test("is written in the S- form")
  func description() {
    #expect(SID(bytes: Self.domain)?.description == "S-1-5-21-1-2-3")
  }

  @Test("of an account ends in the relative identifier")
  func account() {
    let account = SID(bytes: Self.domain)?.account(513)
    #expect(account?.description == "S-1-5-21-1-2-3-513")
    #expect(account?.relativeIdentifier == 513)
  }

  @Test("is refused when its length does not fit", arguments: [0, 7, 23, 25])
  func length(count: Int) {
    #expect(SID(bytes: Array((Self.domain + [0, 0]).prefix(count))) == nil)
  }
}
