import NIOCore

/// Writes answers on one connection, with the faults in force. Meant for one message after the other.
struct AnswerWriter: Sendable {
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private let channel: any Channel
  private let faults: WireFaults
  private let onStall: @Sendable () -> Void

  init(
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    _ channel: any Channel,
    faults: WireFaults,
    onStall: @escaping @Sendable () -> Void
  ) {
    self.outbound = outbound
    self.channel = channel
    self.faults = faults
    self.onStall = onStall
  }

  /// Returns when the connection takes more: what its reader has not taken is held in the system's buffers only.
  ///
  /// - Throws: when the connection has ended, by a fault or otherwise.
  func write(_ bytes: [UInt8]) async throws {
    switch faults.rule(on: bytes.count) {
    case .send: try await send(bytes[...])
    case .close(let count):
      try await send(bytes.prefix(count))
      await end()
      throw ChannelError.alreadyClosed
    case .garbage(let count):
      try await send(bytes.prefix(count) + [0xDE, 0xAD, 0xBE, 0xEF])
      await end()
      throw ChannelError.alreadyClosed
    case .silence(let count): try await send(bytes.prefix(count))
    case .drip(let count, let pause):
      var rest = bytes[...]
      while !rest.isEmpty {
        try await send(rest.prefix(count))
        rest = rest.dropFirst(count)
        try? await Task.sleep(for: pause)
      }
    }
  }

  private func send(_ bytes: ArraySlice<UInt8>) async throws {
    guard !bytes.isEmpty else { return }
    if !channel.isWritable { onStall() }
    let outbound = outbound
    // In a task of its own, because half a message must not be the end of a search that was abandoned.
    try await Task { try await outbound.write(ByteBuffer(bytes: bytes)) }.value
  }

  func end() async {
    try? await channel.close()
  }
}
