import Model

/// The answer to an LDAP ping: NETLOGON_SAM_LOGON_RESPONSE_EX (MS-ADTS 6.3.1.9), without compression of names.
struct NetlogonMessage {
  private let host: String
  private let options: ControllerOptions

  init(host: String, _ options: ControllerOptions) {
    self.host = host
    self.options = options
  }

  /// DS_LDAP, DS_DS, DS_KDC, DS_TIMESERV, DS_CLOSEST; DS_WRITABLE or DS_SELECT_SECRET_DOMAIN_6 (MS-ADTS 6.3.1.2).
  private var flags: UInt32 {
    let closest: UInt32 = options.site == options.clientSite ? 0x80 : 0
    return 0x8 | 0x10 | 0x20 | 0x40 | closest | (options.isReadOnly ? 0x800 : 0x100)
  }

  var bytes: [UInt8] {
    var writer = LittleEndianWriter()
    writer.append(UInt16(23))
    writer.append(UInt16(0))
    writer.append(flags)
    writer.append([UInt8](repeating: 0x11, count: 16))
    let computer = String(host.prefix { $0 != "." }).uppercased()
    for name in [
      RootAttributes.domain, RootAttributes.domain, host, "CORP", computer, "", options.site, options.clientSite,
    ] {
      append(name, to: &writer)
    }
    writer.append(UInt32(0x15))
    writer.append(UInt16.max)
    writer.append(UInt16.max)
    return writer.bytes
  }

  /// Labels with their lengths (RFC 1035 section 4.1.4).
  private func append(_ name: String, to writer: inout LittleEndianWriter) {
    for label in name.split(separator: ".") {
      writer.append(UInt8(label.utf8.count))
      writer.append(label.utf8)
    }
    writer.append(UInt8(0))
  }
}
