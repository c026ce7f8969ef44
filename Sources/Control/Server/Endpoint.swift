import HTTPTypes
import Hummingbird

/// One method of one path: who may call it, whether that is journalled, and what answers.
struct Endpoint: Sendable {
  static let nameParameter = "name"

  let method: HTTPRequest.Method
  /// With `nameParameter` for the name of a configuration.
  let path: String
  let needs: Rights
  /// What the journal calls it; nil for what changes nothing.
  let change: String?
  /// What the journal calls this very request, where that depends on its parameters; nil when it changes nothing.
  let particularChange: (@Sendable (ControlRequest) throws -> String?)?
  let answer: @Sendable (ControlRequest) async throws -> Response

  init(
    _ method: HTTPRequest.Method,
    _ path: String,
    needs: Rights,
    change: String? = nil,
    particularChange: (@Sendable (ControlRequest) throws -> String?)? = nil,
    answer: @escaping @Sendable (ControlRequest) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.needs = needs
    self.change = change
    self.particularChange = particularChange
    self.answer = answer
  }

  func change(by request: ControlRequest) throws -> String? {
    guard let particularChange else { return change }
    return try particularChange(request)
  }
}
