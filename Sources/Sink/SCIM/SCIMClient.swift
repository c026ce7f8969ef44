import Engine
import HTTPTransport
import Synchronization

/// Requests to one service with one token. Judges what concerns the service as a whole or the exchange, and leaves what
/// concerns the object to the caller.
final class SCIMClient: Sendable {
  /// Enough for any resource without its members; a service that ignores a filter may send more than anybody wants.
  private static let maximumBodySize = 8 << 20

  /// Without a slash at its end.
  let endpoint: String
  private let token: String
  private let options: SCIMOptions
  private let transport: any HTTPTransport
  private let time: any TimeSource
  /// Whether the token has been good for a write: then a 403 concerns the object.
  private let hasWritten = Atomic(false)

  init(options: SCIMOptions, transport: any HTTPTransport, time: any TimeSource) throws(SinkUnavailable) {
    endpoint = try Self.checked(endpoint: options.endpoint)
    token = try Self.token(from: options)
    self.options = options
    self.transport = transport
    self.time = time
  }

  /// - Parameter path: below the endpoint, encoded.
  func send(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws(SCIMFailure) -> SCIMAnswer {
    let answer = try await exchange(method, path, body)
    let isWrite = method != "GET"
    try judge(answer, isWrite: isWrite)
    if isWrite, answer.isSuccess { hasWritten.store(true, ordering: .relaxed) }
    return answer
  }

  /// Gives the answer whatever it says.
  private func exchange(_ method: String, _ path: String, _ body: JSONValue?) async throws(SCIMFailure) -> SCIMAnswer {
    var headers = [
      HTTPHeader("Accept", "application/scim+json, application/json"),
      HTTPHeader("Authorization", "Bearer \(token)"),
      HTTPHeader("User-Agent", options.userAgent),
    ]
    if body != nil { headers.append(HTTPHeader("Content-Type", "application/scim+json")) }
    let request = HTTPRequest(
      method: method,
      url: "\(endpoint)/\(path)",
      headers: headers,
      body: body?.encoded,
      caFile: options.caFile,
      timeout: options.requestTimeout,
      maximumBodySize: Self.maximumBodySize
    )
    do {
      return SCIMAnswer(try await transport.send(request), secret: token)
    } catch {
      throw SCIMFailure(transportError: error, isWrite: method != "GET")
    }
  }

  private func judge(_ answer: SCIMAnswer, isWrite: Bool) throws(SCIMFailure) {
    switch answer.status {
    case 200..<300:
      guard answer.isEmpty || answer.json != nil else {
        throw .unavailable(
          "\(endpoint) is not a SCIM service: it answers with something other than JSON; check the URL"
        )
      }
    case 300..<400:
      throw .unavailable("\(endpoint) redirects elsewhere (HTTP \(answer.status)); set the endpoint to where it leads")
    case 401:
      throw .unavailable("\(endpoint) refuses the token (HTTP 401); give the configuration a valid one")
    case 403 where !(isWrite && hasWritten.load(ordering: .relaxed)):
      throw .unavailable("\(endpoint) refuses the token (HTTP 403); give it the right to manage users and groups")
    case 429, 503:
      throw .paused(answer.retryAfter(now: time.now()))
    case 502 where isWrite, 504 where isWrite:
      // A gateway speaks, which does not know what became of the request.
      throw .unknown(answer.refusal.reason)
    case 501: break
    case 408, 425, 500...:
      throw .retry(answer.refusal.reason)
    default: break
    }
  }

  private static func checked(endpoint: String) throws(SinkUnavailable) -> String {
    guard let origin = HTTPOrigin(endpoint), origin.isPlain else {
      throw SinkUnavailable("the SCIM endpoint is no plain http or https URL; it looks like https://HOST/PATH")
    }
    guard origin.scheme == "https" || origin.isLoopback else {
      throw SinkUnavailable("the SCIM endpoint on \(origin.host) has no TLS, which would show the token; use https")
    }
    var base = endpoint
    while base.hasSuffix("/") { base.removeLast() }
    return base
  }

  private static func token(from options: SCIMOptions) throws(SinkUnavailable) -> String {
    let text: String
    do {
      text = try options.token()
    } catch {
      throw SinkUnavailable("the token for \(options.endpoint) cannot be read: \(error)")
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 1, words[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw SinkUnavailable("the token for \(options.endpoint) is not one word of ASCII; check its source")
    }
    return String(words[0])
  }
}
