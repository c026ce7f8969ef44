import Glibc
import NIOCore

extension Peer {
  /// `struct ucred` of unix(7), which Glibc's module does not export.
  private struct Credentials {
    var process: Int32 = 0
    var user: UInt32 = .max
    var group: UInt32 = .max
  }

  /// Asks the kernel who opened that connection (unix(7): SO_PEERCRED, SO_PEERGROUPS).
  init(connectedTo channel: any Channel) async throws {
    let peer = try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
        try Peer(descriptor: $0)
      }
    }.get()
    guard let peer else { throw PeerError.noSocket }
    self = peer
  }

  private init(descriptor: CInt) throws {
    var credentials = Credentials()
    var length = socklen_t(MemoryLayout<Credentials>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0,
      length == socklen_t(MemoryLayout<Credentials>.size)
    else { throw PeerError.unreadable(code: errno) }
    self.init(
      process: credentials.process,
      user: credentials.user,
      group: credentials.group,
      supplementaryGroups: try Self.supplementaryGroups(descriptor: descriptor)
    )
  }

  /// The kernel says ERANGE and the size it needs when the array is too small.
  private static func supplementaryGroups(descriptor: CInt) throws -> [UInt32] {
    var groups = [gid_t](repeating: 0, count: 64)
    while true {
      var length = socklen_t(groups.count * MemoryLayout<gid_t>.stride)
      let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, &groups, &length)
      let count = Int(length) / MemoryLayout<gid_t>.stride
      if result == 0 { return Array(groups.prefix(count)) }
      guard errno == ERANGE, count > groups.count else { throw PeerError.unreadable(code: errno) }
      groups = [gid_t](repeating: 0, count: count)
    }
  }
}

enum PeerError: Error, CustomStringConvertible {
  case noSocket
  case unreadable(code: CInt)

  var description: String {
    switch self {
    case .noSocket: "the connection is not a socket of this host"
    case .unreadable(let code): "the kernel does not say who the caller is (errno \(code))"
    }
  }
}
