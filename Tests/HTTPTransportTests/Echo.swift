import Foundation
import HTTPTransport

/// What the server says it has received.
struct Echo: Decodable {
  let method: String
  let headers: [[String]]
  let body: String?
  let connection: Int

  init(_ response: HTTPResponse) throws {
    self = try JSONDecoder().decode(Echo.self, from: Data(response.body))
  }

  func values(of name: String) -> [String] {
    headers.filter { $0.first?.lowercased() == name.lowercased() }.compactMap(\.last)
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}
