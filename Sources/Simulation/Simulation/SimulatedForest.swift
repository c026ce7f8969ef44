package import ADSimulator
package import Engine
package import Model
package import Oracle
import Synchronization

/// The simulated domain as a seed drives it.
package final class SimulatedForest: Forest {
  private struct State {
    var directory: SimulatedDirectory?
    var snapshots: [Int: SimulatedDomain.Snapshot] = [:]
    /// What was shown last, by controller: it is asked for far more often than it changes.
    var shown: [Int: (revision: Int, state: DirectoryState)] = [:]
  }

  package let domain: SimulatedDomain
  package let controllers: [Int]
  package var root: GUID { domain.root }
  private let state = Mutex(State())

  package init(_ domain: SimulatedDomain) {
    self.domain = domain
    controllers = Array(domain.controllers.indices)
  }

  package func connect() async -> any Directory {
    let directory = SimulatedDirectory(domain)
    state.withLock { $0.directory = directory }
    return directory
  }

  package func write(_ change: DirectoryWrite, at controller: Int) async -> GUID? {
    state.withLock { $0.shown = [:] }
    do {
      return try apply(change, at: domain.controllers[controller])
    } catch {
      return nil
    }
  }

  private func apply(_ change: DirectoryWrite, at controller: SimulatedDomain.ControllerID) throws -> GUID {
    switch change {
    case .create(let objectClass, let name, let parent, let attributes):
      return try domain.create(objectClass, name: name, in: parent, attributes: attributes, at: controller)
    case .set(let guid, let name, let value):
      try domain.modify(guid, name, value, at: controller)
      return guid
    case .rename(let guid, let name):
      try domain.place(guid, name: name, at: controller)
      return guid
    case .move(let guid, let parent):
      try domain.place(guid, in: parent, at: controller)
      return guid
    case .delete(let guid), .deleteTree(let guid):
      try domain.deleteTree(guid, at: controller)
      return guid
    case .restore(let guid):
      try domain.restore(guid, at: controller)
      return guid
    case .addMember(let member, let group, let lifetime):
      try domain.addMember(member, to: group, lasting: lifetime, at: controller)
      return group
    case .addLegacyMember(let member, let group):
      try domain.addMember(member, to: group, isLegacy: true, at: controller)
      return group
    case .removeMember(let member, let group):
      try domain.removeMember(member, from: group, at: controller)
      return group
    case .setPrimaryGroup(let user, let group):
      try domain.setPrimaryGroup(user, group, at: controller)
      return user
    case .expunge(let guid):
      domain.expunge(guid)
      return guid
    case .hide(let guid):
      domain.hide([guid])
      return guid
    case .show(let guid):
      domain.show([guid])
      return guid
    }
  }

  package func state(at controller: Int) async -> DirectoryState {
    let (revision, now) = (await revision(at: controller), domain.now)
    if let shown = state.withLock({ $0.shown[controller] }), shown.revision == revision, shown.state.now == now {
      return shown.state
    }
    let current = read(controller)
    state.withLock { $0.shown[controller] = (revision, current) }
    return current
  }

  private func read(_ controller: Int) -> DirectoryState {
    let id = domain.controllers[controller]
    var state = DirectoryState(domain: "corp.example.test", domainSID: domain.domainSID, now: domain.now)
    for object in domain.liveState(at: id) { state.objects[object.guid] = DirectoryEntry(object) }
    for guid in domain.knownObjects(at: id) where state.objects[guid] == nil {
      state.objects[guid] = DirectoryEntry(.other, name: "", isDeleted: true)
    }
    return state
  }

  package func revision(at controller: Int) async -> Int { domain.revision(of: domain.controllers[controller]) }

  package func replicate(from source: Int, to target: Int) async {
    domain.replicate(from: domain.controllers[source], to: domain.controllers[target])
  }

  package func replicateAll() async { domain.replicateAll() }
  package func advance(by duration: Duration) async { if duration > .zero { domain.advance(by: duration) } }
  package func stop(_ controller: Int) async { domain.stop(domain.controllers[controller]) }
  package func start(_ controller: Int) async { domain.start(domain.controllers[controller]) }

  package func takeSnapshot(of controller: Int) async {
    let snapshot = domain.snapshot(of: domain.controllers[controller])
    state.withLock { $0.snapshots[controller] = snapshot }
  }

  package func goBack(_ controller: Int, isRestore: Bool) async {
    guard let snapshot = state.withLock({ $0.snapshots[controller] }) else { return }
    state.withLock { $0.shown = [:] }
    if isRestore {
      domain.restoreFromBackup(domain.controllers[controller], to: snapshot)
    } else {
      domain.rollBack(domain.controllers[controller], to: snapshot)
    }
  }

  package func inject(_ fault: DirectoryFault, at controller: Int) async {
    var faults = SimulatedDirectory.Faults()
    switch fault {
    case .dropAfter(let entries): faults.breakAfter = entries
    case .rejectCookies: faults.refusesCookie = true
    case .repeats: faults.repeats = true
    }
    state.withLock { $0.directory }?.inject(faults)
  }

  package func endFaults() async {
    state.withLock { $0.directory }?.inject(SimulatedDirectory.Faults())
  }
}
