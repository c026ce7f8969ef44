import LDAP
import Model

/// A DN in the form of the extended DN control: `<GUID=…>;<SID=…>;DN` (MS-ADTS 3.1.1.3.4.1.5).
struct ExtendedName: Equatable {
  let guid: GUID
  let name: String
  /// How much longer the membership lasts, where it ends by itself (MS-ADTS 3.1.1.3.4.1.36).
  let lifetime: Duration?

  /// Nil unless it begins with a GUID in the string form.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    lifetime = Self.takeLifetime(from: &rest)
    var guid: GUID?
    while rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      let field = rest[rest.startIndex + 1..<end]
      if field.starts(with: Self.guidPrefix) {
        // 36 is the length of the string form; a longer field is none, and is not even copied.
        guard guid == nil, field.count == Self.guidPrefix.count + 36,
          let text = String(validating: field.dropFirst(Self.guidPrefix.count), as: UTF8.self)
        else { return nil }
        guid = GUID(text)
      }
      rest = rest[(end + 1)...]
      guard rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
      rest = rest.dropFirst()
    }
    guard let guid else { return nil }
    self.guid = guid
    name = String(printable: rest)
  }

  private static let guidPrefix = Array("GUID=".utf8)

  private static let lifetimePrefix = Array("<TTL=".utf8)

  /// Takes `<TTL=86375>,` away. What is no number of a sensible size stays, and is no GUID either.
  private static func takeLifetime(from bytes: inout ArraySlice<UInt8>) -> Duration? {
    guard bytes.starts(with: lifetimePrefix) else { return nil }
    let digits = bytes.dropFirst(lifetimePrefix.count).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, digits.count <= 10, bytes[digits.endIndex...].starts(with: Array(">,".utf8)) else {
      return nil
    }
    bytes = bytes[(digits.endIndex + 2)...]
    return .seconds(digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
  }
}
