import ADSimulator
import LDAP
import Model

/// A replica as one account sees it at one moment, with the names that its objects have there.
struct ReplicaView {
  let replica: Replica
  let schema: Schema
  let now: Timestamp
  let invocationIDs: [GUID]
  let options: ControllerOptions
  let lifetimes: (tombstone: Duration, deleted: Duration)
  let mergesVectors: Bool
  let pageObjects: Int
  let host: String
  private let hidden: Set<GUID>
  private let controls: RequestControls
  private let names = Names()

  /// DNs of containers, since every child's ends with one.
  private final class Names {
    var texts: [GUID: String] = [:]
  }

  static let base = SimulatedDirectory.baseDN

  init(
    _ state: SimulatedDomain.State,
    _ controller: SimulatedController,
    _ options: ControllerOptions,
    _ controls: RequestControls
  ) {
    replica = state.replicas[controller.identifier.number]
    schema = state.schema
    now = state.now
    invocationIDs = state.invocationIDs
    self.options = options
    let domain = controller.domain.options
    lifetimes = (domain.tombstoneLifetime, domain.deletedObjectLifetime)
    mergesVectors = domain.mergesVectors
    pageObjects = min(1000, domain.pageObjects)
    host = controller.name
    hidden = state.hidden
    self.controls = controls
  }

  var invocationID: GUID { invocationIDs[replica.invocation.number] }

  func isHidden(_ object: DirectoryObject) -> Bool { hidden.contains(object.guid) }

  /// Whether a plain search may find it (MS-ADTS 3.1.1.3.4.1.14, 3.1.1.3.4.1.21).
  func isFound(_ object: DirectoryObject) -> Bool {
    guard !isHidden(object) else { return false }
    if object.isRecycled { return controls.showRecycled }
    return !object.isDeleted || controls.showDeleted || controls.showRecycled
  }

  // MARK: Names

  func name(of object: DirectoryObject) -> String {
    if object.guid == replica.places.root { return Self.base }
    if let known = names.texts[object.guid] { return known }
    let relative = DistinguishedName([RelativeName(type: object.objectClass.relativeNameType, value: object.name)])
    let parent = object.parent.flatMap { replica.objects[$0] }.map { name(of: $0) } ?? Self.base
    let text = "\(relative),\(parent)"
    if object.objectClass != .user { names.texts[object.guid] = text }
    return text
  }

  /// As the first field of an entry or as a value (MS-ADTS 3.1.1.3.4.1.5).
  func reference(to object: DirectoryObject) -> [UInt8] {
    let name = Array(self.name(of: object).utf8)
    return controls.extendedDN ? object.identity + name : name
  }

  func reference(to guid: GUID) -> [UInt8]? { replica.objects[guid].map { reference(to: $0) } }

  /// Before the DN of a value that will go by itself (MS-ADTS 3.1.1.3.4.1.36).
  func reference(to key: LinkKey, _ link: LinkValue) -> [UInt8]? {
    guard let reference = reference(to: key.target) else { return nil }
    guard let expiry = link.expiry, controls.linkTTL, options.supportsLinkTTL else { return reference }
    return Array("<TTL=\((expiry - now).components.seconds)>,".utf8) + reference
  }
}
