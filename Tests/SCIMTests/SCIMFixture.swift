import Engine
import HTTPTransport
import Model
import SCIM
import TestSupport
import Testing

/// An open SCIM sink over a script.
struct SCIMFixture {
  static let guid = GUID.numbered(7)
  static let user = Resource(
    kind: .user,
    externalID: guid,
    attributes: [
      .userName: "ada@example.com", .active: true, "title": "Countess",
      #"emails[type eq "work"].value"#: "ada@example.com",
    ]
  )
  static let group = Resource(kind: .group, externalID: guid, attributes: [.displayName: "Engines"])

  let transport: ScriptedTransport
  let sink: any Sink
  let time = ManualTime()

  init(_ steps: ScriptedTransport.Step..., maxInFlight: Int = 1) async throws {
    try await self.init(ScriptedTransport([.json(200, "{}")] + steps), maxInFlight: maxInFlight)
  }

  /// The script's first step answers `open`.
  init(_ transport: ScriptedTransport, maxInFlight: Int = 1) async throws {
    self.transport = transport
    sink = SCIMSink(
      options: SCIMOptions(
        endpoint: "https://scim.example.com/v2/",
        token: { "swordfish\n" },
        maxInFlight: maxInFlight
      ),
      transport: transport,
      time: time
    )
    try await sink.open()
  }

  /// What was asked after opening.
  var log: [String] { Array(transport.log.dropFirst()) }

  func apply(_ operation: Operation) async throws -> OperationOutcome {
    try #require(await sink.apply([operation]).first)
  }

  static func create(_ resource: Resource, again: Bool = false) -> Operation {
    Operation(
      id: "c",
      kind: resource.kind,
      guid: resource.externalID,
      remoteID: nil,
      action: .create(resource),
      mayHaveApplied: again
    )
  }

  static func update(_ resource: Resource, _ changes: AttributeChange..., remoteID: String? = "42") -> Operation {
    Operation(
      id: "u",
      kind: resource.kind,
      guid: resource.externalID,
      remoteID: remoteID,
      action: .update(resource, changes: changes)
    )
  }

  static func delete(_ kind: ResourceKind = .user, remoteID: String? = "42") -> Operation {
    Operation(id: "d", kind: kind, guid: guid, remoteID: remoteID, action: .delete)
  }

  /// The objectGUID of the member at that place of a list.
  static func member(_ index: Int) -> GUID { .numbered(UInt32(index)) }

  static func members(add: [String] = [], remove: [String] = []) -> Operation {
    func references(_ ids: [String]) -> [MemberReference] {
      ids.enumerated().map { MemberReference(guid: member($0.offset), kind: .user, remoteID: $0.element) }
    }
    return Operation(
      id: "m",
      kind: .group,
      guid: guid,
      remoteID: "9",
      action: .members(added: references(add), removed: references(remove))
    )
  }
}

extension ResourceValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
