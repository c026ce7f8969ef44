import Model

/// What a cookie of DirSync covers. It is opaque by contract: it is read to judge domain controllers and never made.
///
/// The layout is MS-DRSR 5.115.2.1; the specification prints the signature backwards.
struct DirSyncCookie: Equatable {
  /// Of the domain controller that issued it. `usn` counts on that one only.
  let invocationID: GUID
  /// usnHighPropUpdate.
  let usn: Int64
  /// Nil in the middle of a cycle: then no other domain controller can be judged by it.
  let vector: UpToDatenessVector?

  init?(_ bytes: [UInt8]) {
    var bytes = LittleEndianBytes(bytes)
    guard let signature = bytes.take(4), signature.elementsEqual("MSDS".utf8), bytes.number(UInt32.self) == 3,
      bytes.take(16) != nil,  // creation time and a reserved field
      let vectorSize = bytes.number(UInt32.self),
      bytes.take(16) != nil,  // usnHighObjUpdate and a reserved field
      let usn = bytes.number(Int64.self), let invocationID = bytes.guid()
    else { return nil }
    if vectorSize == 0 {
      vector = nil
    } else {
      guard let size = Int(exactly: vectorSize), let field = bytes.take(size), let read = UpToDatenessVector(field)
      else {
        return nil
      }
      vector = read
    }
    self.usn = usn
    self.invocationID = invocationID
  }

  /// What a domain controller must have so that it cannot give values older than those that were read with this.
  var covered: UpToDatenessVector? {
    guard var covered = vector else { return nil }
    covered.raise(invocationID, to: usn)
    return covered
  }
}
