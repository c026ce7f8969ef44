import LDAP

/// Simple paged results (RFC 2696) as a server reads them.
struct PageControl: Sendable {
  let size: Int
  let cookie: [UInt8]

  init(_ bytes: [UInt8]) throws(LDAPError) {
    let fields = try BERValue.fields(bytes, count: 2)
    guard let size = BERValue.integer(fields[0]), size >= 0 else { throw .controlRefused(.protocolError) }
    self.size = Int(size)
    cookie = fields[1]
  }

  static func answer(cookie: [UInt8]) -> LDAPControl {
    LDAPControl(identifier: PagedResults.identifier, isCritical: false, value: BERValue.sequence([0], cookie))
  }
}
