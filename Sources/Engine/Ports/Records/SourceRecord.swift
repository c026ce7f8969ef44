package import Model

/// One domain and how far it was read.
package struct SourceRecord: Hashable, Sendable {
  package let id: SourceID
  /// DNS name, in lower case; the key by which settings find it.
  package let domain: String
  package var namingContext: DistinguishedName?
  package var namingContextGUID: GUID?
  package var domainSID: SID?
  /// The domain controller that was last read.
  package var controller: String?
  package var invocationID: GUID?
  package var controllers = KnownControllers()
  package var method: ReadMethod?
  /// Of the last complete cycle; good on every domain controller.
  package var stableCookie: [UInt8]?
  /// Within a cycle; good only on the controller with `invocationID`.
  package var cycleCookie: [UInt8]?
  /// Of both cookies as they were stored: a damaged cookie may be answered with silence instead of an error.
  package var cookieSum: Int64?
  /// When `stableCookie` was stored.
  package var cookieTime: Timestamp?
  /// When the cycle under way began.
  package var cycleBegan: Timestamp?
  /// When the last complete cycle began: whatever the domain controller had until then was read.
  package var readUntil: Timestamp?
  /// What a domain controller must have before single objects are read from it: the cookie of the last one that was
  /// known to have everything, and since when it is not the newest.
  package var coveredCookie: [UInt8]?
  package var coveredSince: Timestamp?
  /// What the cookie depends on: attributes, method, identity.
  package var readFingerprint: String?
  /// Number of the last full cycle begun; objects carry the number of the one that saw them.
  package var generation: Int64 = 0
  /// The cycle under way is a full one, so that at its end what it did not see is suspect.
  package var isFullCycle = false
  /// When the last full cycle ended.
  package var lastFullRead: Timestamp?
  /// Why the directory is to be read in full, once `fullReadDue` has passed; nil when reading changes is enough.
  package var fullReadReason: String?
  package var fullReadDue: Timestamp?

  package init(id: SourceID, domain: String) {
    self.id = id
    self.domain = domain
  }
}

extension SourceRecord {
  /// Asks for a full read; an earlier date that is set already stays.
  package mutating func requireFullRead(_ reason: String, at date: Timestamp) {
    if let due = fullReadDue, due <= date { return }
    fullReadReason = reason
    fullReadDue = date
  }

  package mutating func sealCookies() {
    cookieSum = computedSum
  }

  package var areCookiesIntact: Bool {
    (stableCookie == nil && cycleCookie == nil) || cookieSum == computedSum
  }

  /// FNV-1a, 64 bits: against damage, not against an attacker.
  private var computedSum: Int64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for cookie in [stableCookie, cycleCookie] {
      for byte in (cookie ?? []) + [cookie == nil ? 0 : 1] { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return Int64(bitPattern: sum)
  }
}
