package import Model

/// What receives objects. A sink translates operations and classifies answers; order, retries, durability of links and
/// pacing belong to the engine.
package protocol Sink: Sendable {
  var capabilities: SinkCapabilities { get }

  /// Makes ready and checks that the sink can be used at all; called before the first `apply` of a run.
  func open() async throws(SinkUnavailable)

  /// Carries out operations of distinct objects, in any order or at once, and answers each, by position.
  ///
  /// `.done` promises that the effect is durable. An operation whose `mayHaveApplied` is set was sent before with an
  /// unknown outcome: the sink finds out before it repeats anything that is not idempotent. Cancellation of the task must
  /// end it promptly, with `.unknown` for what was under way and `.notSent` for the rest.
  func apply(_ operations: [Operation]) async -> [OperationOutcome]

  /// What the sink holds of that kind, whoever made it, in batches; for a reconcile, which compares it with what is taken
  /// to be there. Only called where `capabilities.canBeRead`, between `open` and `close`.
  ///
  /// - Parameter paths: the attributes that matter; others may be left out.
  /// - Throws: `SinkUnavailable` when not all of it could be read, and what `deliver` throws.
  func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws

  func close() async
}

package struct SinkCapabilities: Hashable, Sendable {
  package let kinds: Set<ResourceKind>
  /// Most operations in one `apply`.
  package let batchSize: Int
  /// Most members added or removed in one operation.
  package let memberChunk: Int
  /// It can tell what it holds.
  package let canBeRead: Bool

  package init(kinds: Set<ResourceKind>, batchSize: Int, memberChunk: Int, canBeRead: Bool = false) {
    self.kinds = kinds
    self.batchSize = batchSize
    self.memberChunk = memberChunk
    self.canBeRead = canBeRead
  }
}

extension Sink {
  package func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    throw SinkUnavailable("the sink cannot tell what it holds")
  }
}

/// A resource as the sink shows it.
package struct HeldResource: Hashable, Sendable {
  package let remoteID: String
  /// Nil when it has none, or one that is no objectGUID.
  package let externalID: GUID?
  package let attributes: [TargetPath: ResourceValue]
  /// The sink's names of a group's members.
  package let members: [String]

  package init(
    remoteID: String,
    externalID: GUID?,
    attributes: [TargetPath: ResourceValue],
    members: [String] = []
  ) {
    self.remoteID = remoteID
    self.externalID = externalID
    self.attributes = attributes
    self.members = members
  }
}

/// The sink as a whole cannot be used: nothing more is sent to it in this run.
package struct SinkUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }

  package var description: String { reason }
}
