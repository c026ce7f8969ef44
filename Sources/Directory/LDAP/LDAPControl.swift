/// An extension of a request or an answer (RFC 4511 section 4.1.11).
package struct LDAPControl: Hashable, Sendable {
  package let identifier: String
  /// The server must refuse the request rather than ignore the control.
  package let isCritical: Bool
  package let value: [UInt8]?

  package init(identifier: String, isCritical: Bool, value: [UInt8]? = nil) {
    self.identifier = identifier
    self.isCritical = isCritical
    self.value = value
  }
}

extension LDAPControl {
  /// Deleted objects are found too (MS-ADTS 3.1.1.3.4.1.14).
  package static let showDeleted = LDAPControl(identifier: "1.2.840.113556.1.4.417", isCritical: true)

  /// Recycled ones too, of which only a few attributes are left (MS-ADTS 3.1.1.3.4.1.21).
  package static let showRecycled = LDAPControl(identifier: "1.2.840.113556.1.4.2064", isCritical: true)

  /// DNs come as `<GUID=…>;<SID=…>;DN` (MS-ADTS 3.1.1.3.4.1.5). The value is SEQUENCE { INTEGER 1 }: GUIDs and SIDs in
  /// their string forms.
  package static let extendedDN = LDAPControl(
    identifier: "1.2.840.113556.1.4.529",
    isCritical: true,
    value: [0x30, 0x03, 0x02, 0x01, 0x01]
  )

  /// No referrals to other naming contexts (MS-ADTS 3.1.1.3.4.1.4).
  package static let domainScope = LDAPControl(identifier: "1.2.840.113556.1.4.1339", isCritical: false)

  /// Memberships that end by themselves come with `<TTL=seconds>,` before the DN (MS-ADTS 3.1.1.3.4.1.36).
  package static let linkTTL = LDAPControl(identifier: "1.2.840.113556.1.4.2309", isCritical: false)
}
