import Engine
import Model
import TestSupport
import Testing

/// An open sink, and operations on objects that nobody else uses.
struct SinkFixture: Sendable {
  let subject: any SinkSubject
  let sink: any Sink

  init(_ subject: any SinkSubject) async throws {
    self.subject = subject
    sink = try subject.makeSink()
    try await sink.open()
  }

  func apply(_ operation: Operation) async throws -> OperationOutcome {
    let outcomes = await sink.apply([operation])
    return try #require(outcomes.count == 1 ? outcomes.first : nil)
  }

  /// Applies what must succeed; gives the remote id.
  @discardableResult
  func done(_ operation: Operation) async throws -> String? {
    let outcome = try await apply(operation)
    guard case .done(let remoteID) = outcome else {
      Issue.record("\(operation.action) was answered \(outcome)")
      return nil
    }
    return remoteID
  }

  func held(_ kind: ResourceKind, _ guid: GUID) async throws -> [HeldObject] {
    try await subject.held(kind, guid)
  }

  /// Makes an object and gives its remote id.
  func make(_ resource: Resource) async throws -> String {
    try #require(await done(Self.create(resource)))
  }

  static func user(_ guid: GUID = SCIMServer.newGUID(), title: String? = nil, isActive: Bool = true) -> Resource {
    var attributes: [TargetPath: ResourceValue] = [
      .userName: .string("user-\(guid)@example.com"), .active: .boolean(isActive),
      "name.familyName": .string("Ö'Neill \"x\""),
      #"emails[type eq "work"].value"#: .string("user-\(guid)@example.com"),
    ]
    attributes["title"] = title.map(ResourceValue.string)
    return Resource(kind: .user, externalID: guid, attributes: attributes)
  }

  static func group(_ guid: GUID = SCIMServer.newGUID()) -> Resource {
    Resource(kind: .group, externalID: guid, attributes: [.displayName: .string("Group \(guid)")])
  }

  static func create(_ resource: Resource, again: Bool = false) -> Operation {
    operation(resource.kind, resource.externalID, nil, .create(resource), again: again)
  }

  static func update(_ resource: Resource, from earlier: Resource, _ remoteID: String, again: Bool = false) -> Operation
  {
    let changes = resource.changes(from: earlier)
    return operation(resource.kind, resource.externalID, remoteID, .update(resource, changes: changes), again: again)
  }

  static func delete(_ kind: ResourceKind, _ guid: GUID, _ remoteID: String?, again: Bool = false) -> Operation {
    operation(kind, guid, remoteID, .delete, again: again)
  }

  static func members(
    of group: GUID,
    _ remoteID: String,
    add: [MemberReference] = [],
    remove: [MemberReference] = [],
    again: Bool = false
  ) -> Operation {
    operation(.group, group, remoteID, .members(added: add, removed: remove), again: again)
  }

  private static func operation(
    _ kind: ResourceKind,
    _ guid: GUID,
    _ remoteID: String?,
    _ action: Operation.Action,
    again: Bool
  ) -> Operation {
    // Equal operations have equal ids, as in the engine.
    Operation(
      id: "\(guid)/\(action.hashValue)",
      kind: kind,
      guid: guid,
      remoteID: remoteID,
      action: action,
      mayHaveApplied: again
    )
  }
}
