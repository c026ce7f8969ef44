package import Model

package struct ConfigurationRecord: Hashable, Sendable {
  package let id: ConfigurationID
  package let name: String
  package var source: SourceID
  /// What the last complete evaluation was made with; nil asks for everything to be evaluated again.
  package var fingerprint: String?
  /// The last one that there was: what is left out for a while has not changed when it comes back.
  package var lastFingerprint: String?
  /// Which sink the links belong to; nil until the first run.
  package var sink: String?
  /// Why whatever withdraws something is held now, however little it is: the configuration was changed, for example.
  package var holdsAll: String?
  /// Why operations are held; nil when none are.
  package var holdReason: String?
  package var heldSince: Timestamp?

  package init(
    id: ConfigurationID,
    name: String,
    source: SourceID,
    fingerprint: String? = nil,
    sink: String? = nil
  ) {
    self.id = id
    self.name = name
    self.source = source
    self.fingerprint = fingerprint
    self.sink = sink
  }

  /// What is withdrawn because somebody changed the configuration is for a person to see first.
  mutating func note(_ fingerprint: String?) {
    guard let fingerprint else { return }
    if let lastFingerprint, lastFingerprint != fingerprint { holdsAll = "the configuration was changed" }
    lastFingerprint = fingerprint
  }
}
