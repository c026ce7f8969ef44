import Model

/// What a cookie says (MS-DRSR 5.115.2.1): how far one invocation was read, and what is known of all of them. The vector is
/// only there at the end of a cycle, so that a cookie from within one is good at its own controller alone.
package struct DirSyncState: Equatable, Sendable {
  package var invocation: Invocation
  /// Local USN up to which objects were sent (usnHighObjUpdate).
  package var usn: Int64
  /// Local USN up to which all of their values are known (usnHighPropUpdate), which stays the same within a cycle.
  package var valueUSN: Int64
  package var vector: UpToDatenessVector?

  func encoded() -> [UInt8] {
    var writer = BinaryWriter()
    writer.write(UInt64(invocation.number))
    writer.write(UInt64(usn))
    writer.write(UInt64(valueUSN))
    writer.write(UInt64(vector == nil ? 0 : 1))
    for (invocation, usn) in vector?.entries ?? [] {
      writer.write(UInt64(invocation.number))
      writer.write(UInt64(usn))
    }
    return writer.bytes
  }

  package init(invocation: Invocation, usn: Int64, valueUSN: Int64, vector: UpToDatenessVector?) {
    self.invocation = invocation
    self.usn = usn
    self.valueUSN = valueUSN
    self.vector = vector
  }

  /// Nil for what is no cookie.
  init?(_ bytes: [UInt8]) {
    var reader = BinaryReader(bytes)
    guard let number = try? reader.readNumber(), let usn = try? reader.readNumber(),
      let valueUSN = try? reader.readNumber(), let hasVector = try? reader.readNumber()
    else { return nil }
    invocation = Invocation(number: Int(clamping: number))
    self.usn = Int64(clamping: usn)
    self.valueUSN = Int64(clamping: valueUSN)
    guard hasVector == 1 else { return }
    var vector = UpToDatenessVector()
    while !reader.isAtEnd {
      guard let number = try? reader.readNumber(), let usn = try? reader.readNumber() else { return nil }
      vector[Invocation(number: Int(clamping: number))] = Int64(clamping: usn)
    }
    self.vector = vector
  }

  /// Whether the replica has all that the cookie covers. Within a cycle only its own controller can tell.
  package func isDominated(by replica: Replica) -> Bool {
    let present = replica.fullVector
    guard let vector else { return invocation == replica.invocation && present[invocation] >= usn }
    return present[invocation] >= valueUSN && vector.entries.allSatisfy { present[$0.invocation] >= $0.usn }
  }
}
