import ControlAPI
import HTTPTransport
import Synchronization

/// A daemon that has one answer for each request line, and writes down what it was asked.
final class CannedTransport: HTTPTransport {
  private let answers: [String: HTTPResponse]
  private let recorded = Mutex<[HTTPRequest]>([])

  init(_ answers: [String: HTTPResponse]) { self.answers = answers }

  var requests: [HTTPRequest] { recorded.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    recorded.withLock { $0.append(request) }
    let line = "\(request.method) \(request.url.replacing("http://localhost", with: ""))"
    guard let answer = answers[line] else {
      throw HTTPError(kind: .unreachable, message: "no answer to \(line)", wasNotSent: true)
    }
    return answer
  }
}

extension HTTPResponse {
  static func json(_ message: some Encodable, status: Int = 200) throws -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [HTTPHeader("Content-Type", "application/json")],
      body: try ControlJSON.encode(message)
    )
  }

  static func problem(_ problem: Problem) throws -> HTTPResponse {
    HTTPResponse(
      status: problem.status,
      headers: [HTTPHeader("Content-Type", "application/problem+json")],
      body: try ControlJSON.encode(problem)
    )
  }
}
