import ControlAPI
import HTTPTransport

extension HTTPRequest {
  static func get(_ path: String) -> HTTPRequest { HTTPRequest(method: "GET", url: "http://localhost\(path)") }

  static func post(_ path: String) -> HTTPRequest { HTTPRequest(method: "POST", url: "http://localhost\(path)") }

  static func put(_ path: String, _ body: String, type: String?) -> HTTPRequest {
    HTTPRequest(
      method: "PUT",
      url: "http://localhost\(path)",
      headers: type.map { [HTTPHeader("Content-Type", $0)] } ?? [],
      body: Array(body.utf8)
    )
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a problem, with the checks that hold for every problem.
  var problem: Problem {
    get throws {
      let problem = try ControlJSON.decode(Problem.self, from: body)
      guard header("Content-Type") == "application/problem+json", problem.status == status,
        problem.type == "about:blank"
      else { throw NotAProblem() }
      return problem
    }
  }

  struct NotAProblem: Error {}
}
