import FoundationEssentials
import HTTPTransport

extension AdprovCtl {
  /// Runs on the real terminal against the real socket.
  ///
  /// - Returns: the exit code of the process.
  package static func runOnThisHost(_ arguments: [String]) async -> Int32 {
    let host = Host.this
    let terminal = SystemTerminal(environment: host.environment)
    let transport: CurlTransport
    do {
      transport = try CurlTransport()
    } catch {
      terminal.printError("adprovctl: \(error)")
      return ExitStatus.notOK.rawValue
    }
    let context = CommandContext(terminal: terminal, host: host, transport: transport, now: { Date() })
    let status = await execute(arguments, in: context)
    await transport.shutdown()
    return status
  }
}
