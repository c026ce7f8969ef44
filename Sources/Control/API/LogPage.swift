package import FoundationEssentials

/// Answer of `GET /v1/configurations/{name}/log`.
package struct LogPage: Codable, Hashable, Sendable {
  package enum Action: String, Codable, Sendable, CaseIterable {
    case create, update, disable, enable, delete, members, other
  }

  package enum Status: String, Codable, Sendable, CaseIterable {
    case success, failure, skipped, held
  }

  /// One operation, and what became of it.
  package struct Entry: Codable, Hashable, Sendable {
    package let id: Int64
    /// Nil when it was found out between two runs.
    package let run: Int64?
    package let time: Date
    /// objectGUID.
    package let object: String
    /// `user`, `group` or `organizational-unit`.
    package let kind: String
    /// The DN that the object had then.
    package let name: String
    package let action: Action
    package let status: Status
    /// A short word that programs can match on; nil for a success.
    package let code: String?
    /// For people; nil for a success.
    package let reason: String?
    package let remoteId: String?
    package let changes: [Change]
    package let members: Members?

    package init(
      id: Int64,
      run: Int64? = nil,
      time: Date,
      object: String,
      kind: String,
      name: String,
      action: Action,
      status: Status,
      code: String? = nil,
      reason: String? = nil,
      remoteId: String? = nil,
      changes: [Change] = [],
      members: Members? = nil
    ) {
      self.id = id
      self.run = run
      self.time = time
      self.object = object
      self.kind = kind
      self.name = name
      self.action = action
      self.status = status
      self.code = code
      self.reason = reason
      self.remoteId = remoteId
      self.changes = changes
      self.members = members
    }
  }

  /// The oldest first.
  package let entries: [Entry]
  /// As `after` of the next request: it gives what comes later, and nothing twice.
  package let next: Int64
  /// As `before` of the next request, which gives what was earlier; nil when there is nothing, and with `after`.
  package let previous: Int64?

  package init(entries: [Entry], next: Int64, previous: Int64? = nil) {
    self.entries = entries
    self.next = next
    self.previous = previous
  }
}
