import ControlAPI
import Foundation
import HTTPTransport
import Testing

/// The description of the API, held against the server.
@Suite("docs/openapi.yaml")
struct DocumentationTests {
  /// `GET /v1/health` and so on, in the order of the file.
  static func operations() throws -> [String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/openapi.yaml")
    var path: Substring = ""
    var operations: [String] = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      if let match = line.wholeMatch(of: /\s{2}(\/v1\/.*):/) { path = match.1 }
      if let match = line.wholeMatch(of: /\s{4}(get|put|post|delete|patch):/) {
        operations.append("\(match.1.uppercased()) \(path)")
      }
    }
    return operations
  }

  @Test func `describes every route`() throws {
    let name = "{name}"
    #expect(
      try Self.operations() == [
        "GET \(Route.health)", "GET \(Route.status)", "GET \(Route.configurations)",
        "GET \(Route.configuration(name))", "PUT \(Route.configuration(name))", "POST \(Route.enable(name))",
        "POST \(Route.disable(name))", "POST \(Route.restart(name))", "GET \(Route.holds(name))",
        "POST \(Route.holds(name))", "POST \(Route.reconcile(name))", "GET \(Route.log(name))",
        "GET \(Route.runs(name))", "POST \(Route.check)", "POST \(Route.reload)",
      ]
    )
  }

  @Test func `describes only what the server answers`() async throws {
    try await RunningServer.with { server in
      for operation in try Self.operations() {
        let words = operation.replacingOccurrences(of: "{name}", with: "cloud-users").split(separator: " ")
        var request = HTTPRequest.get(String(words[1]))
        request.method = String(words[0])
        let response = try await server.transport.send(request)
        // PUT lacks its body here.
        #expect(
          response.status
            == (words[0] == "PUT" || operation.hasPrefix("POST") && operation.hasSuffix("holds")
              ? 415 : operation.hasSuffix("restart") ? 202 : 200)
        )
      }
    }
  }
}
