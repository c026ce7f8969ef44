import HTTPTransport
import Synchronization

/// Answers from a script, in order, and notes what it was asked.
final class ScriptedTransport: HTTPTransport {
  enum Step: Sendable {
    case answer(Int, [HTTPHeader], String)
    case failure(HTTPError)
    /// No answer until the task is cancelled.
    case silence

    static func json(_ status: Int, _ body: String = "", _ headers: HTTPHeader...) -> Step {
      .answer(status, [HTTPHeader("Content-Type", "application/scim+json;charset=utf-8")] + headers, body)
    }

    static func html(_ status: Int) -> Step {
      .answer(status, [HTTPHeader("Content-Type", "text/html")], "<html>Welcome</html>")
    }

    static func failure(_ kind: HTTPError.Kind, wasNotSent: Bool = false) -> Step {
      .failure(HTTPError(kind: kind, message: "told by the script", wasNotSent: wasNotSent))
    }

    static let list = json(200, #"{"Resources":[],"totalResults":0}"#)

    static func list(_ resources: String...) -> Step {
      json(200, #"{"Resources":[\#(resources.joined(separator: ","))],"totalResults":\#(resources.count)}"#)
    }

    static func error(_ status: Int, _ scimType: String, _ detail: String = "no") -> Step {
      json(status, #"{"status":"\#(status)","scimType":"\#(scimType)","detail":"\#(detail)"}"#)
    }
  }

  private struct State {
    var steps: [Step]
    var requests: [HTTPRequest] = []
    var underWay = 0
    var mostUnderWay = 0
  }

  private let state: Mutex<State>
  private let base: String

  init(base: String = "https://scim.example.com/v2", _ steps: [Step]) {
    self.base = base
    state = Mutex(State(steps: steps))
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }
  var isPlayedOut: Bool { state.withLock { $0.steps.isEmpty } }

  /// As `METHOD path body`, without the base URL.
  var log: [String] {
    requests.map { request in
      let path = request.url.hasPrefix(base) ? String(request.url.dropFirst(base.count)) : request.url
      let body = request.body.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
      return "\(request.method) \(path)\(body)"
    }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let step = state.withLock { state -> Step? in
      state.requests.append(request)
      state.underWay += 1
      state.mostUnderWay = max(state.mostUnderWay, state.underWay)
      return state.steps.isEmpty ? nil : state.steps.removeFirst()
    }
    defer { state.withLock { $0.underWay -= 1 } }
    await Task.yield()
    switch step {
    case .answer(let status, let headers, let body):
      return HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    case .failure(let error): throw error
    case .silence: return try await silence()
    case nil: throw HTTPError(kind: .unreachable, message: "the script is played out", wasNotSent: true)
    }
  }

  private func silence() async throws -> HTTPResponse {
    let (stream, _) = AsyncStream.makeStream(of: Never.self)
    // Ends only by cancellation.
    for await _ in stream {}
    throw CancellationError()
  }
}
