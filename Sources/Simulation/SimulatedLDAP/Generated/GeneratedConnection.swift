import LDAP
import Model
import Synchronization

/// A connection to a generated directory.
struct GeneratedConnection: LDAPClient {
  private let directory: GeneratedDirectory

  init(_ directory: GeneratedDirectory) { self.directory = directory }

  func close() async {}

  func search(
    _ search: LDAPSearch,
    deliver: ([LDAPEntry]) async throws -> Void
  ) async throws -> [LDAPControl] {
    let outcome = try answer(to: search)
    for chunk in outcome.chunks { try await deliver(chunk) }
    return outcome.controls
  }

  private func answer(to search: LDAPSearch) throws(LDAPError) -> SearchOutcome {
    let controls = try RequestControls(search.controls)
    let filter = try SearchFilter(search.filter)
    let wanted = RequestedAttributes(search.attributes)
    let changes = directory.present()
    let writer = GeneratedEntries(directory.shape, changes, wanted, extendedDN: controls.extendedDN)
    if let control = controls.dirSync {
      guard search.base.lowercased() == ReplicaView.base.lowercased() else {
        throw .controlRefused(.unwillingToPerform)
      }
      guard filter.names.isSubset(of: ["objectClass"]) else { throw .unknownFilter(search.filter) }
      return try GeneratedCycle(directory.shape, changes, writer, filter, control).page()
    }
    let usn = Int64(directory.shape.objects + changes.users.count)
    let root = RootAttributes(
      host: directory.host,
      invocationID: GeneratedCycle.invocationID,
      highestUSN: usn,
      directory.options
    )
    let lifetime = Duration.seconds(180 * 86_400)
    let server = ServerEntries(root, directory.options, lifetimes: (lifetime, lifetime))
    if let own = try server.answer(search, filter, wanted) { return own }
    guard search.scope == .base else { throw .unknownFilter(search.filter) }
    return SearchOutcome(entries: [writer.plain(try index(of: search.base), most: directory.options.maxValRange)])
  }

  private func index(of base: String) throws(LDAPError) -> Int {
    if base.lowercased() == ReplicaView.base.lowercased() { return 0 }
    guard base.hasPrefix("<GUID="), let guid = GUID(base.dropFirst("<GUID=".count).dropLast()),
      let index = GeneratedIdentity.index(guid), (0..<directory.shape.objects).contains(index)
    else { throw LDAPError(.search, .noSuchObject, "0000208D: NameErr: problem 2001 (NO_OBJECT)") }
    return index
  }
}
