/// Cuts a stream of bytes into messages, each one BER element (RFC 4511 section 5.1).
package struct MessageFrames {
  /// MaxReceiveBuffer of AD (MS-ADTS 3.1.1.3.4.6).
  package static let maximumSize = 10_485_760

  private var buffer: [UInt8] = []
  /// What of the buffer was given already.
  private var start = 0

  package init() {}

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message; nil until more bytes are there.
  ///
  /// - Throws: `MalformedMessage` as soon as it is clear that none will come.
  package mutating func next() throws(MalformedMessage) -> [UInt8]? {
    let rest = buffer[start...]
    guard let tag = rest.first else { return nil }
    guard tag == 0x30 else { throw MalformedMessage("the message is no sequence") }
    guard let first = rest.dropFirst().first else { return nil }
    var header = 2
    var length = Int(first)
    if first & 0x80 != 0 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count) else { throw MalformedMessage("a length in \(count) bytes") }
      guard rest.count >= 2 + count else { return nil }
      length = rest[(start + 2)..<(start + 2 + count)].reduce(0) { $0 << 8 | Int($1) }
      header += count
    }
    guard length <= Self.maximumSize else { throw MalformedMessage("a message of \(length) bytes") }
    guard rest.count >= header + length else { return nil }
    defer { start += header + length }
    return Array(buffer[start..<(start + header + length)])
  }
}
