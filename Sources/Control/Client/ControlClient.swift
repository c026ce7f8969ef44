package import ControlAPI
package import HTTPTransport

/// The control API as functions. Every function throws `ControlClientError`, or `CancellationError`.
package struct ControlClient: Sendable {
  package let socketPath: String
  private let transport: any HTTPTransport

  package init(transport: any HTTPTransport, socketPath: String) {
    self.transport = transport
    self.socketPath = socketPath
  }

  /// Also when the daemon is not healthy, which the server says with 503.
  package func health() async throws -> HealthReport {
    let response = try await send("GET", Route.health)
    if response.status == 503, let report = try? ControlJSON.decode(HealthReport.self, from: response.body) {
      return report
    }
    return try decode(HealthReport.self, from: response)
  }

  package func status() async throws -> StatusReport {
    try decode(StatusReport.self, from: await send("GET", Route.status))
  }

  package func configurations() async throws -> [ConfigurationStatus] {
    try decode(ConfigurationList.self, from: await send("GET", Route.configurations)).configurations
  }

  package func configuration(_ name: String) async throws -> ConfigurationDetail {
    try decode(ConfigurationDetail.self, from: await send("GET", Route.configuration(checked(name))))
  }

  package func create(_ name: String, _ configuration: NewConfiguration) async throws -> ConfigurationDetail {
    let body = Body(type: ContentType.json, bytes: try ControlJSON.encode(configuration))
    return try decode(
      ConfigurationDetail.self,
      from: await send("PUT", Route.configuration(checked(name)), body: body)
    )
  }

  /// - Parameter replacing: whether a configuration of that name may exist.
  package func put(_ name: String, toml: String, replacing: Bool = false) async throws -> ConfigurationDetail {
    let path = Route.configuration(try checked(name)) + (replacing ? "?\(QueryParameter.replace)=true" : "")
    let body = Body(type: ContentType.toml, bytes: Array(toml.utf8))
    return try decode(ConfigurationDetail.self, from: await send("PUT", path, body: body))
  }

  package func setEnabled(_ isEnabled: Bool, of name: String) async throws -> ConfigurationStatus {
    let path = isEnabled ? Route.enable(try checked(name)) : Route.disable(try checked(name))
    return try decode(ConfigurationStatus.self, from: await send("POST", path))
  }

  /// With `wait` it returns when the run has ended, however long that takes.
  package func restart(_ name: String, resetting resets: Set<Reset> = [], wait: Bool) async throws -> RestartAnswer {
    let path = try restartPath(name, resets, flag: wait ? QueryParameter.wait : nil)
    return try decode(RestartAnswer.self, from: await send("POST", path, timeout: wait ? nil : Self.timeout))
  }

  /// What these resets would clear; nothing is changed.
  package func previewRestart(_ name: String, resetting resets: Set<Reset>) async throws -> ResetPreview {
    let path = try restartPath(name, resets, flag: QueryParameter.preview)
    return try decode(ResetPreview.self, from: await send("POST", path))
  }

  /// It returns when both sides were read and compared, however long that takes.
  package func reconcile(_ name: String, isRepairing: Bool) async throws -> ReconcileAnswer {
    let path = Route.reconcile(try checked(name)) + (isRepairing ? "?\(QueryParameter.repair)=true" : "")
    return try decode(ReconcileAnswer.self, from: await send("POST", path, timeout: nil))
  }

  /// What the guard holds; the first `limit` operations of it by name.
  package func holds(_ name: String, limit: Int) async throws -> HoldsReport {
    let path = Route.holds(try checked(name)) + "?\(QueryParameter.limit)=\(limit)"
    return try decode(HoldsReport.self, from: await send("GET", path))
  }

  package func decide(_ decision: HoldsDecision, about name: String) async throws -> HoldsAnswer {
    let body = Body(type: ContentType.json, bytes: try ControlJSON.encode(decision))
    return try decode(HoldsAnswer.self, from: await send("POST", Route.holds(checked(name)), body: body))
  }

  package func log(_ name: String, _ request: LogRequest) async throws -> LogPage {
    try decode(LogPage.self, from: await send("GET", Route.log(try checked(name)) + request.query))
  }

  package func runs(_ name: String, limit: Int? = nil) async throws -> [RunReport] {
    let query = limit.map { "?limit=\($0)" } ?? ""
    return try decode(RunList.self, from: await send("GET", Route.runs(try checked(name)) + query)).runs
  }

  /// - Parameters:
  ///   - toml: nil checks the files that the daemon has.
  ///   - file: what the findings call the text.
  package func check(_ toml: String? = nil, file: String? = nil) async throws -> CheckReport {
    let query = file.map { "?\(QueryParameter.file)=\($0.percentEncoded)" } ?? ""
    let body = toml.map { Body(type: ContentType.toml, bytes: Array($0.utf8)) }
    return try decode(CheckReport.self, from: await send("POST", Route.check + query, body: body))
  }

  package func reload() async throws -> ReloadAnswer {
    try decode(ReloadAnswer.self, from: await send("POST", Route.reload))
  }
}

extension ControlClient {
  private struct Body {
    let type: String
    let bytes: [UInt8]
  }

  private static let timeout: Duration = .seconds(60)

  private func send(
    _ method: String,
    _ path: String,
    body: Body? = nil,
    timeout: Duration? = timeout
  ) async throws -> HTTPResponse {
    let headers = [HTTPHeader("Accept", ContentType.json)] + (body.map { [HTTPHeader("Content-Type", $0.type)] } ?? [])
    do {
      // The host is a formality; the socket says who answers.
      return try await transport.send(
        HTTPRequest(
          method: method,
          url: "http://localhost\(path)",
          headers: headers,
          body: body?.bytes,
          unixSocket: socketPath,
          timeout: timeout
        )
      )
    } catch let error as HTTPError {
      throw ControlClientError(error, socketPath: socketPath)
    }
  }

  private func decode<Message: Decodable>(_ type: Message.Type, from response: HTTPResponse) throws -> Message {
    if (200..<300).contains(response.status), let message = try? ControlJSON.decode(type, from: response.body) {
      return message
    }
    if response.header("Content-Type")?.hasPrefix(ContentType.problem) == true,
      let problem = try? ControlJSON.decode(Problem.self, from: response.body)
    {
      throw ControlClientError.problem(problem)
    }
    throw ControlClientError.unintelligible(status: response.status, socketPath: socketPath)
  }

  private func restartPath(_ name: String, _ resets: Set<Reset>, flag: String?) throws -> String {
    let parameters = [
      resets.isEmpty ? nil : "\(QueryParameter.reset)=\(Reset.value(of: resets))", flag.map { "\($0)=true" },
    ].compactMap(\.self)
    return Route.restart(try checked(name)) + (parameters.isEmpty ? "" : "?\(parameters.joined(separator: "&"))")
  }

  /// The name becomes part of a path, so what cannot be one never leaves.
  private func checked(_ name: String) throws -> String {
    guard Route.isConfigurationName(name) else { throw ControlClientError.invalidName }
    return name
  }
}
