import ControlClient
package import FoundationEssentials
package import HTTPTransport

/// Everything outside a verb that it uses.
package struct CommandContext: Sendable {
  package static let defaultSocket = "/run/adprov/control.sock"

  package let terminal: any Terminal
  package let host: Host
  package let transport: any HTTPTransport
  /// What "12 s ago" is counted from.
  package let now: @Sendable () -> Date

  package init(
    terminal: any Terminal,
    host: Host,
    transport: any HTTPTransport,
    now: @escaping @Sendable () -> Date
  ) {
    self.terminal = terminal
    self.host = host
    self.transport = transport
    self.now = now
  }

  /// The socket is the flag's, else that of ADPROV_SOCKET, else the one of the installed service.
  func client(_ options: GlobalOptions) -> ControlClient {
    let fromEnvironment = host.environment["ADPROV_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    return ControlClient(
      transport: transport,
      socketPath: options.socket ?? fromEnvironment ?? Self.defaultSocket
    )
  }
}
