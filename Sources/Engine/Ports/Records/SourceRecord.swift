package import Model

/// One domain and how far it was read.
package struct SourceRecord: Hashable, Sendable {
  package let id: SourceID
  /// DNS name, in lower case; the key by which settings find it.
  package let domain: String
  package var namingContext: DistinguishedName?
  package var namingContextGUID: GUID?
  package var domainSID: SID?
  package var controller: String?
  package var invocationID: GUID?
  package var highestSeenUSN: Int64 = 0
  /// Of the last complete cycle; good on every domain controller.
  package var stableCookie: [UInt8]?
  /// Within a cycle; good only on the controller with `invocationID`.
  package var cycleCookie: [UInt8]?
  /// When `stableCookie` was stored.
  package var cookieTime: Timestamp?
  /// Hash of what the cookie depends on: attributes, flags, identity.
  package var readFingerprint: String?
  /// Number of the last full cycle begun; objects carry the number of the one that saw them.
  package var generation: Int64 = 0
  /// The cycle under way is a full one, so that at its end what it did not see is suspect.
  package var isFullCycle = false

  package init(id: SourceID, domain: String) {
    self.id = id
    self.domain = domain
  }
}
