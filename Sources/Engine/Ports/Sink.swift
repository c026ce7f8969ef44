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

  func close() async
}

package struct SinkCapabilities: Hashable, Sendable {
  package let kinds: Set<ResourceKind>
  /// Most operations in one `apply`.
  package let batchSize: Int
  /// Most members added or removed in one operation.
  package let memberChunk: Int

  package init(kinds: Set<ResourceKind>, batchSize: Int, memberChunk: Int) {
    self.kinds = kinds
    self.batchSize = batchSize
    self.memberChunk = memberChunk
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
