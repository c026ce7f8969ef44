/// One field of a journal entry.
struct JournalField: Hashable, Sendable {
  let name: String
  let value: String
}

extension JournalField {
  /// Keys whose field has a name of its own.
  private static let names = ["guid": "OBJECT_GUID"]

  /// Fields that the handler itself fills and metadata must not repeat: a second MESSAGE is as good as the first.
  private static let reserved: Set<String> = [
    "MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "SYSLOG_FACILITY", "SYSLOG_PID",
  ]

  /// `run-id` becomes RUN_ID. Nil when no name that the journal accepts can be made of the key.
  init?(metadataKey key: String, value: String) {
    if let name = Self.names[key] {
      self.init(name: name, value: value)
      return
    }
    // Names are ASCII letters, digits and underscores, and begin with a letter; systemd drops what has another name.
    let bytes = key.uppercased().utf8.map { Self.isNameByte($0) ? $0 : UInt8(ascii: "_") }
    let name = String(decoding: bytes.drop { !Self.isLetter($0) }.prefix(64), as: UTF8.self)
    guard !name.isEmpty else { return nil }
    self.init(name: Self.reserved.contains(name) ? "ADPROV_" + name : name, value: value)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
