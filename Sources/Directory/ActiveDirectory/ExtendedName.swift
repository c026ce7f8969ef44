import LDAP
import Model

/// A DN in the form of the extended DN control: `<GUID=…>;<SID=…>;DN` (MS-ADTS 3.1.1.3.4.1.5).
struct ExtendedName: Equatable {
  let guid: GUID
  let name: String
  /// How much longer the membership lasts, where it ends by itself (MS-ADTS 3.1.1.3.4.1.36).
  let lifetime: Duration?

  /// Nil unless it begins with a GUID in the string form, and with a number where it tells a lifetime: a membership that
  /// ends must not pass for one that does not.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var guid: GUID?
    var lifetime: Duration?
    while rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      let field = rest[rest.startIndex + 1..<end]
      if field.starts(with: Self.guidPrefix) {
        // 36 is the length of the string form; a longer field is none, and is not even copied.
        guard guid == nil, field.count == Self.guidPrefix.count + 36,
          let text = String(validating: field.dropFirst(Self.guidPrefix.count), as: UTF8.self)
        else { return nil }
        guid = GUID(text)
      } else if field.starts(with: Self.lifetimePrefix) {
        guard lifetime == nil, let seconds = Self.seconds(field.dropFirst(Self.lifetimePrefix.count)) else {
          return nil
        }
        lifetime = .seconds(seconds)
      }
      rest = rest[(end + 1)...]
      // `<TTL=86375>,` has another separator than the fields of extended DNs.
      guard rest.isEmpty || rest.first == UInt8(ascii: ";") || rest.first == UInt8(ascii: ",") else { return nil }
      rest = rest.dropFirst()
    }
    guard let guid else { return nil }
    self.guid = guid
    self.lifetime = lifetime
    name = String(printable: rest)
  }

  private static let guidPrefix = Array("GUID=".utf8)
  private static let lifetimePrefix = Array("TTL=".utf8)

  /// Nil for what is no number of a sensible size.
  private static func seconds(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard !digits.isEmpty, digits.count <= 10,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }
}
