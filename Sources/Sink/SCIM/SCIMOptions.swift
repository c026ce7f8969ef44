/// What a SCIM sink is configured with.
package struct SCIMOptions: Sendable {
  /// Base URL, such as `https://scim.example.com/v2`; TLS is demanded unless the host is this machine.
  package var endpoint: String
  /// The bearer token; asked for again at each `open`, so that a token can be replaced while the daemon runs.
  package var token: @Sendable () throws -> String
  /// PEM file of CAs to trust besides the system's.
  package var caFile: String?
  /// Most operations under way at once.
  package var maxInFlight: Int
  package var userAgent: String
  /// For one request and its answer.
  package var requestTimeout: Duration

  package init(
    endpoint: String,
    token: @escaping @Sendable () throws -> String,
    caFile: String? = nil,
    maxInFlight: Int = 4,
    userAgent: String = "adprov",
    requestTimeout: Duration = .seconds(60)
  ) {
    self.endpoint = endpoint
    self.token = token
    self.caFile = caFile
    self.maxInFlight = maxInFlight
    self.userAgent = userAgent
    self.requestTimeout = requestTimeout
  }
}
