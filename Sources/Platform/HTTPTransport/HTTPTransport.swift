/// Everything that leaves adprov by HTTP goes through this. Redirects are answers like any other and never followed.
package protocol HTTPTransport: Sendable {
  /// Gives every answer whatever its status. Cancelling the task ends the transfer.
  ///
  /// - Throws: `CancellationError`, or `HTTPError` when no complete answer came.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

package struct HTTPRequest: Sendable {
  package var method: String
  package var url: String
  package var headers: [HTTPHeader]
  /// Nil sends no body; a body needs a Content-Type among the headers.
  package var body: [UInt8]?
  /// Path of a Unix socket to connect to instead of the URL's host.
  package var unixSocket: String?
  /// PEM file of the CAs to trust besides the system's.
  package var caFile: String?
  /// For the whole exchange; nil means none (an event stream).
  package var timeout: Duration?
  /// More of a body ends the exchange with an error.
  package var maximumBodySize: Int

  package init(
    method: String,
    url: String,
    headers: [HTTPHeader] = [],
    body: [UInt8]? = nil,
    unixSocket: String? = nil,
    caFile: String? = nil,
    timeout: Duration? = .seconds(60),
    maximumBodySize: Int = 16 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.unixSocket = unixSocket
    self.caFile = caFile
    self.timeout = timeout
    self.maximumBodySize = maximumBodySize
  }
}

package struct HTTPHeader: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

package struct HTTPResponse: Sendable {
  package let status: Int
  package let headers: [HTTPHeader]
  package let body: [UInt8]

  package init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

package struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// The request itself is unusable (a control character in a header, a bad URL).
    case invalidRequest
    case unreachable
    case tls
    case timeout
    case bodyTooLarge
    case interrupted
    /// The transport was shut down.
    case closed
  }

  package let kind: Kind
  /// In words, with the host; never with headers or bodies.
  package let message: String
  /// Nothing of the request left this machine, so repeating it is safe whatever the method.
  package let wasNotSent: Bool

  package init(kind: Kind, message: String, wasNotSent: Bool) {
    self.kind = kind
    self.message = message
    self.wasNotSent = wasNotSent
  }

  package var description: String { message }
}
