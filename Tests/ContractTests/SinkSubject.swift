import Engine
import Model

/// A sink under the contract, with a way to see what it really holds.
protocol SinkSubject: Sendable {
  /// Another sink on the same objects, as after a restart; not open yet.
  func makeSink() throws -> any Sink
  /// All that is held for this object: more than one is a duplicate.
  func held(_ kind: ResourceKind, _ guid: GUID) async throws -> [HeldObject]
  func end() async
}

struct HeldObject: Hashable {
  let name: String?
  let title: String?
  let isActive: Bool?
  /// Remote ids.
  let members: Set<String>
}
