package import Model

/// The Active Directory domain that the engine reads; one value per domain.
///
/// It only reads. Everything it gives is already parsed and bounded; DNs of AD never reach the engine except for display.
package protocol Directory: Sendable {
  /// Which domain and which domain controller answers, connecting when there is no connection.
  func describe() async throws -> DirectoryDescription

  /// The doorbell: a read so cheap that it may be asked every second. When nothing moved, there is nothing to import.
  func pulse() async throws -> DirectoryPulse

  /// One answer of DirSync (MS-ADTS 3.1.1.3.4.1.3): what changed since `cookie`, or everything for nil.
  ///
  /// `deliver` is called with at most about 1,000 changes at a time and awaited before more is read, so that memory stays
  /// bounded; an error thrown by it ends the search. The answer is complete, and its cookie valid, only when this returns.
  ///
  /// - Parameter attributes: what images hold; naming, class, link and deletion attributes are read always.
  func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd

  /// The present state of each object in full, deleted ones included; nil for a GUID that the directory does not know.
  ///
  /// - Parameter cookie: what was imported already. A domain controller that lacks any of it would give old values, which
  ///   no later DirSync corrects, and deny objects that exist.
  /// - Throws: `DirectoryError.behind` when the controller cannot be shown to have all that `cookie` covers.
  func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?]

  /// What is at that place now; nil when there is nothing.
  func locate(_ name: DistinguishedName) async throws -> LocatedObject?

  /// Ends the connection; the next call connects again.
  func disconnect() async
}

package struct DirectoryDescription: Hashable, Sendable {
  /// DN of the domain's naming context.
  package let namingContext: DistinguishedName
  package let namingContextGUID: GUID
  package let domainSID: SID
  /// DNS name of the domain controller that answered.
  package let controller: String
  /// Changes when the controller is restored from a backup (MS-ADTS 3.1.1.1.9); USNs count within one only.
  package let invocationID: GUID
  package let highestCommittedUSN: Int64
  /// How changes are read, and as whom: what the answers may hold depends on it.
  package let method: ReadMethod
  package let identity: String
  /// How long deletions can be learned of: the shorter of tombstone and deleted-object lifetime (MS-ADTS 3.1.1.1.5).
  package let deletionLifetime: Duration

  package init(
    namingContext: DistinguishedName,
    namingContextGUID: GUID,
    domainSID: SID,
    controller: String,
    invocationID: GUID,
    highestCommittedUSN: Int64,
    method: ReadMethod = .objectSecurity,
    identity: String = "",
    deletionLifetime: Duration = .seconds(60 * 86_400)
  ) {
    self.namingContext = namingContext
    self.namingContextGUID = namingContextGUID
    self.domainSID = domainSID
    self.controller = controller
    self.invocationID = invocationID
    self.highestCommittedUSN = highestCommittedUSN
    self.method = method
    self.identity = identity
    self.deletionLifetime = deletionLifetime
  }
}

/// How changes are learned of.
package enum ReadMethod: String, Sendable, CaseIterable {
  /// DirSync with the replication right: everything, whatever its access control says.
  case replication
  /// DirSync with the object-security flag: what the account may read.
  case objectSecurity = "object-security"
  /// Polling of uSNChanged, where DirSync is not to be had.
  case updateSequence = "usn-changed"
}

package struct DirectoryPulse: Hashable, Sendable {
  package let invocationID: GUID
  package let highestCommittedUSN: Int64

  package init(invocationID: GUID, highestCommittedUSN: Int64) {
    self.invocationID = invocationID
    self.highestCommittedUSN = highestCommittedUSN
  }
}

package struct ChangesEnd: Hashable, Sendable {
  package let cookie: [UInt8]
  /// More of the same cycle waits behind `cookie`. Only the end of a cycle is a consistent state.
  package let hasMore: Bool

  package init(cookie: [UInt8], hasMore: Bool) {
    self.cookie = cookie
    self.hasMore = hasMore
  }
}

package struct LocatedObject: Hashable, Sendable {
  package let guid: GUID
  package let objectClass: ObjectClass
  package let name: DistinguishedName

  package init(guid: GUID, objectClass: ObjectClass, name: DistinguishedName) {
    self.guid = guid
    self.objectClass = objectClass
    self.name = name
  }
}
