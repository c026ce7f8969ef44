import Engine
import Model

/// A domain with one configuration, in which tests put their objects.
struct StoreFixture {
  let source: SourceID
  let configuration: ConfigurationID

  init(_ store: any Store) async throws {
    (source, configuration) = try await store.write { store in
      let source = try store.registerSource(domain: "corp.example.com").id
      return (source, try store.registerConfiguration(named: "main", source: source).id)
    }
  }

  /// A live object with a class, or a placeholder without one.
  func add(
    _ number: Int,
    _ objectClass: ObjectClass? = .user,
    to store: any StoreWriter,
    _ change: (inout ObjectRecord) -> Void = { _ in }
  ) throws -> ObjectRecord {
    var object = try store.insertObject(.numbered(number), in: source, generation: 1)
    object.objectClass = objectClass
    object.name = "object \(number)"
    change(&object)
    try store.update(object)
    return object
  }

  func link(_ object: ObjectRecord, _ kind: ResourceKind = .user) -> LinkRecord {
    LinkRecord(object: object.id, configuration: configuration, guid: object.guid, kind: kind)
  }

  /// A link of which the sink holds what is wanted.
  func confirmedLink(_ object: ObjectRecord, _ kind: ResourceKind = .user) -> LinkRecord {
    var link = link(object, kind)
    link.remoteID = "remote-\(object.id.rawValue)"
    link.presence = .present
    link.desired = .sample(object.guid, kind)
    link.confirmed = link.desired
    return link
  }

  func member(
    _ member: ObjectRecord,
    of group: ObjectRecord,
    desired: Bool = true,
    confirmed: Bool? = false,
    version: Int64 = 1
  ) -> MemberLink {
    MemberLink(
      group: group.id,
      configuration: configuration,
      member: member.id,
      isDesired: desired,
      isConfirmed: confirmed,
      version: version
    )
  }
}

extension GUID {
  static func numbered(_ number: Int) -> GUID {
    let bytes = [UInt8](repeating: 0, count: 8) + (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    guard let guid = GUID(bytes: bytes) else { preconditionFailure("16 bytes are a GUID") }
    return guid
  }
}

extension SID {
  static func numbered(_ number: UInt8) -> SID {
    guard let sid = SID(bytes: [1, 1, 0, 0, 0, 0, 0, 5, number, 0, 0, 0]) else {
      preconditionFailure("12 bytes are a SID with one sub-authority")
    }
    return sid
  }
}

extension Resource {
  static func sample(_ guid: GUID, _ kind: ResourceKind = .user, name: String = "ada") -> Resource {
    Resource(
      kind: kind,
      externalID: guid,
      attributes: [.userName: .string(name), .active: .boolean(true), "emails": .strings(["a@example.com", ""])]
    )
  }
}

extension Timestamp {
  static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }
}
