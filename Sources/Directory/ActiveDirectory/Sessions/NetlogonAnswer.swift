import LDAP

/// What a domain controller says of itself and the client to an LDAP ping: NETLOGON_SAM_LOGON_RESPONSE_EX
/// (MS-ADTS 6.3.1.9).
struct NetlogonAnswer: Equatable {
  let flags: UInt32
  /// In which site the domain controller is.
  let controllerSite: String
  /// In which site the address is from which the client asked; empty when it belongs to none.
  let clientSite: String

  /// DS_WRITABLE_FLAG (MS-ADTS 6.3.1.2).
  var isWritable: Bool { flags & 0x100 != 0 }

  /// Asks over the connection at hand (MS-ADTS 6.3.3). Nil when the server does not answer that.
  static func read(from connection: any LDAPClient, domain: String) async throws -> NetlogonAnswer? {
    // NETLOGON_NT_VERSION_5, _5EX and _WITH_CLOSEST_SITE (MS-ADTS 6.3.1.1), little-endian.
    let filter = #"(&(DnsDomain=\#(domain))(NtVer=\16\00\00\00))"#
    do {
      let entry = try await connection.entry(LDAPSearch(base: "", filter: filter, attributes: ["netlogon"]))
      return entry?["netlogon"]?.first.flatMap { NetlogonAnswer($0) }
    } catch let error as LDAPError where !error.code.endsConnection {
      return nil
    }
  }

  init?(_ bytes: [UInt8]) {
    var fields = LittleEndianBytes(bytes)
    guard let opcode = fields.number(UInt16.self), Self.opcodes.contains(opcode), fields.number(UInt16.self) != nil,
      let flags = fields.number(UInt32.self), fields.take(16) != nil
    else { return nil }
    var names = CompressedNames(bytes, from: 24)
    // Forest, domain, host, NetBIOS domain and computer, user.
    for _ in 0..<6 { guard names.next() != nil else { return nil } }
    guard let controllerSite = names.next(), let clientSite = names.next() else { return nil }
    self.flags = flags
    self.controllerSite = controllerSite
    self.clientSite = clientSite
  }

  /// LOGON_SAM_LOGON_RESPONSE_EX and LOGON_SAM_USER_UNKNOWN_EX.
  private static let opcodes: Set<UInt16> = [23, 25]
}

/// DNS names in the form of RFC 1035 section 4.1.4: labels with a length, which may end with a pointer backwards.
struct CompressedNames {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Nil at the end and for whatever is no name of printable text.
  mutating func next() -> String? {
    var labels: [String] = []
    var place = position
    var hasJumped = false
    var total = 0
    while place < bytes.count {
      let length = Int(bytes[place])
      switch length {
      case 0:
        if !hasJumped { position = place + 1 }
        return labels.joined(separator: ".")
      case 1...63:
        guard place + 1 + length <= bytes.count, total + length < 256,
          let label = String(validating: bytes[place + 1..<place + 1 + length], as: UTF8.self),
          label.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { return nil }
        labels.append(label)
        total += length + 1
        place += 1 + length
      case 192...:
        guard place + 1 < bytes.count else { return nil }
        let target = (length & 0x3F) << 8 | Int(bytes[place + 1])
        // Only backwards, so that it ends.
        guard target < place else { return nil }
        if !hasJumped { position = place + 2 }
        hasJumped = true
        place = target
      default: return nil
      }
    }
    return nil
  }
}
