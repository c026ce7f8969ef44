/// Functions between text and bytes.
extension Function {
  static let encodings = [convertFromBase64, convertToBase64, convertToUTF8Hex, stringFromSid]

  private static let convertFromBase64 = Function(
    "ConvertFromBase64",
    [.text("text"), Parameter("encoding", .word(["Unicode", "ASCII", "UTF8"]), optional: true)],
    gives: .text
  ) { call throws(Interruption) in
    let encoding = try call.text(1) ?? "Unicode"
    guard ["Unicode", "ASCII", "UTF8"].contains(encoding) else {
      throw call.failure("argument 2 must be Unicode, ASCII or UTF8", .text(encoding))
    }
    return try call.eachText(0) { (text) throws(Interruption) in
      guard let bytes = Base64.bytes(of: text) else { throw call.failure("argument 1 is not base64", .text(text)) }
      guard let decoded = decoded(bytes, encoding) else {
        throw call.failure("what argument 1 stands for is not text in \(encoding)", .text(text))
      }
      return decoded
    }
  }

  private static func decoded(_ bytes: [UInt8], _ encoding: String) -> String? {
    guard encoding == "Unicode" else {
      guard encoding == "UTF8" || bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(validating: bytes, as: UTF8.self)
    }
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    return String(validating: units, as: UTF16.self)
  }

  /// Of text in UTF-16LE; of the bytes themselves where the attribute holds bytes.
  private static let convertToBase64 = Function("ConvertToBase64", [.value("source")], gives: .text) {
    call throws(Interruption) in
    try call.each(0) { (value) throws(Interruption) in
      .text(Base64.text(of: try bytes(of: value, call) { $0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }))
    }
  }

  private static let convertToUTF8Hex = Function("ConvertToUTF8Hex", [.value("source")], gives: .text) {
    call throws(Interruption) in
    try call.each(0) { (value) throws(Interruption) in
      let digits = Array("0123456789ABCDEF".utf8)
      let bytes = try bytes(of: value, call) { Array($0.utf8) }
      return .text(String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self))
    }
  }

  private static func bytes(
    of value: ExpressionValue,
    _ call: Call,
    _ encode: (String) -> [UInt8]
  ) throws(Interruption) -> [UInt8] {
    guard case .bytes(let bytes) = value else { return encode(try call.text(of: value, 0)) }
    try call.spend(bytes.count)
    return bytes
  }

  private static let stringFromSid = Function(
    "StringFromSid",
    spelt: ["StringFromSID"],
    [.value("sid")],
    gives: .text
  ) { call throws(Interruption) in
    try call.each(0) { (value) throws(Interruption) in
      guard case .bytes(let bytes) = value, let text = sidText(bytes) else {
        throw call.failure("argument 1 must be the bytes of a security identifier", value)
      }
      return .text(text)
    }
  }

  /// MS-DTYP 2.4.2.1 and 2.4.2.2.
  private static func sidText(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 8, bytes[0] == 1, bytes[1] <= 15, bytes.count == 8 + 4 * Int(bytes[1]) else { return nil }
    let authority = bytes[2..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let subAuthorities = stride(from: 8, to: bytes.count, by: 4).map { start in
      bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    return (["S-1", "\(authority)"] + subAuthorities.map { "\($0)" }).joined(separator: "-")
  }
}
