package struct ConfigurationRecord: Hashable, Sendable {
  package let id: ConfigurationID
  package let name: String
  package var source: SourceID
  /// What the last complete evaluation was made with; nil asks for everything to be evaluated again.
  package var fingerprint: String?
  /// Which sink the links belong to; nil until the first run.
  package var sink: String?

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
}
