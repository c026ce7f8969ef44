import LDAP
import Model

/// A DN in the form of the extended DN control: `<GUID=…>;<SID=…>;DN` (MS-ADTS 3.1.1.3.4.1.5).
struct ExtendedName: Equatable {
  let guid: GUID
  let name: String

  /// Nil unless it begins with a GUID in the string form.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
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
}
