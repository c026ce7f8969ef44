/// Which sink a configuration feeds, and how it is reached.
package enum SinkSettings: Hashable, Sendable {
  case scim(SCIMSinkSettings)
  /// JSON Lines appended to the file at that absolute path.
  case file(path: String)
}

package struct SCIMSinkSettings: Hashable, Sendable {
  /// Base URL of the service, without a slash at its end; https, or http to this machine itself.
  package let endpoint: String
  /// Bearer token (RFC 6750).
  package let token: SecretSource
  /// PEM file of CAs to trust besides the system's.
  package let caFile: String?
  /// Most requests at a time.
  package let maximumInFlight: Int
}
