package struct LDAPSearch: Sendable {
  package enum Scope: Sendable {
    case base
    case subtree
  }

  package var base: String
  package var scope: Scope
  package var filter: String
  package var attributes: [String]
  package var controls: [LDAPControl]
  /// How long the server may be silent; nil means the connection's `responseTimeout`.
  package var timeout: Duration?

  package init(
    base: String,
    scope: Scope = .base,
    filter: String = "(objectClass=*)",
    attributes: [String],
    controls: [LDAPControl] = []
  ) {
    self.base = base
    self.scope = scope
    self.filter = filter
    self.attributes = attributes
    self.controls = controls
  }
}

/// What came of a search so far.
struct LDAPBatch: Sendable {
  let entries: [LDAPEntry]
  /// The controls of the final answer; nil while there is more to come.
  let end: [LDAPControl]?
}
