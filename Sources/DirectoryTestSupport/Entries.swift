package import LDAP
package import Model

package func guid(_ number: UInt8) -> GUID {
  guard let guid = GUID(bytes: [UInt8](repeating: number, count: 16)) else { preconditionFailure("16 bytes") }
  return guid
}

package func text(_ text: String) -> [[UInt8]] { [Array(text.utf8)] }

package func entry(_ attributes: [(String, [[UInt8]])]) -> LDAPEntry {
  LDAPEntry(name: [], attributes: attributes.map { LDAPAttribute($0.0, $0.1) })
}

package func object(_ guid: GUID, _ attributes: [(String, [[UInt8]])] = []) -> LDAPEntry {
  entry([("objectGUID", [guid.bytes]), ("instanceType", text("4"))] + attributes)
}

/// SEQUENCE { INTEGER, INTEGER 0, OCTET STRING }; a cookie of up to 100 bytes.
package func dirSyncAnswer(_ cookie: [UInt8], hasMore: Bool = false) -> LDAPControl {
  let value: [UInt8] = [0x02, 1, hasMore ? 1 : 0, 0x02, 1, 0, 0x04, UInt8(cookie.count)] + cookie
  return LDAPControl(
    identifier: DirSyncRequest.identifier,
    isCritical: true,
    value: [0x30, UInt8(value.count)] + value
  )
}

/// SEQUENCE { INTEGER 0, OCTET STRING }.
package func pagedAnswer(_ cookie: [UInt8]) -> LDAPControl {
  let value: [UInt8] = [0x02, 1, 0, 0x04, UInt8(cookie.count)] + cookie
  return LDAPControl(identifier: PagedResults.identifier, isCritical: false, value: [0x30, UInt8(value.count)] + value)
}
