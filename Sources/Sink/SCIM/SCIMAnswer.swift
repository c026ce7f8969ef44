import HTTPTransport
import Model

/// An answer, read leniently: error bodies come as SCIM errors, as other JSON, as HTML or not at all.
struct SCIMAnswer: Sendable {
  let status: Int
  /// Nil when there is no body, or none in JSON.
  let json: JSONValue?
  let isEmpty: Bool
  private let response: HTTPResponse
  private let secret: String

  /// - Parameter secret: removed from whatever is quoted of the answer.
  init(_ response: HTTPResponse, secret: String) {
    status = response.status
    isEmpty = response.body.isEmpty
    json = JSONValue(decoding: response.body)
    self.response = response
    self.secret = secret
  }

  var isSuccess: Bool { (200..<300).contains(status) }

  /// The id of the resource in the body, else the end of Location.
  var resourceID: String? {
    if let id = json.flatMap(RemoteResource.init)?.id { return id }
    guard let location = response.header("Location"), let end = location.split(separator: "/").last else { return nil }
    return String(end).percentDecoded
  }

  func retryAfter(now: Timestamp) -> Duration? {
    response.header("Retry-After").flatMap { retryDelay(header: $0, now: now) }
  }

  var refusal: Refusal {
    let scimType = json?["scimType"]?.text.map { quotable($0, limit: 40) }
    let detail = (json?["detail"] ?? json?["message"] ?? json?["error"])?.text.map { quotable($0, limit: 300) }
    let code = scimType.flatMap { $0.isEmpty ? nil : $0 } ?? String(status)
    var reason = "HTTP \(status)"
    if code != String(status) { reason += " \(code)" }
    if let detail, !detail.isEmpty { reason += ": \(detail)" }
    return Refusal(status: status, code: code, reason: reason)
  }

  private func quotable(_ text: String, limit: Int) -> String {
    text.replacing(secret, with: "…").printable(limit: limit)
  }
}

/// Why a service refuses an object.
struct Refusal: Hashable, Sendable {
  let status: Int
  /// The scimType (RFC 7644 section 3.12), else the status.
  let code: String
  let reason: String
}
