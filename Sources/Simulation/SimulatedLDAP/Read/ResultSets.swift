import LDAP
import Model

/// What is left of the paged searches of one connection. Each page is a transaction of its own (MS-ADTS 3.1.1.1.9).
struct ResultSets: Sendable {
  private var sets: [(number: UInt32, guids: [GUID])] = []
  private var next: UInt32 = 1

  /// - Returns: the cookie for the rest; empty when there is none.
  mutating func keep(_ rest: [GUID], most: Int) -> [UInt8] {
    guard !rest.isEmpty else { return [] }
    var writer = LittleEndianWriter()
    writer.append(next)
    sets.append((next, rest))
    next += 1
    // The oldest goes, and its search breaks off in the middle (MaxResultSetsPerConn).
    if sets.count > most { sets.removeFirst() }
    return writer.bytes
  }

  /// - Throws: `LDAPError` for the cookie of another connection, or of a set that had to go.
  mutating func take(_ cookie: [UInt8]) throws(LDAPError) -> [GUID] {
    var reader = LittleEndianReader(cookie)
    guard let number = reader.number(UInt32.self), let index = sets.firstIndex(where: { $0.number == number }) else {
      throw .controlRefused(.unwillingToPerform)
    }
    return sets.remove(at: index).guids
  }
}
