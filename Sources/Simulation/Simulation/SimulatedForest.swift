package import ADSimulator
package import Engine
package import Model
package import Oracle
import Synchronization

/// The simulated domains as a seed drives them.
package final class SimulatedForest: Forest {
  private struct State {
    /// By the number of the domain.
    var directories: [Int: SimulatedDirectory] = [:]
    var snapshots: [Int: SimulatedDomain.Snapshot] = [:]
    /// What was shown last, by controller: it is asked for far more often than it changes.
    var shown: [Int: (revision: Int, state: DirectoryState)] = [:]
  }

  private struct Place {
    let domain: Int
    let controller: SimulatedDomain.ControllerID
  }

  let members: [SimulatedDomain]
  private let places: [Place]
  package let controllers: [Int]
  private let state = Mutex(State())

  package init(_ domains: [SimulatedDomain]) {
    members = domains
    places = domains.enumerated().flatMap { number, domain in
      domain.controllers.map { Place(domain: number, controller: $0) }
    }
    controllers = Array(places.indices)
  }

  package var domains: [String] { members.map(\.options.domain) }
  package func domain(of controller: Int) -> Int { places[controller].domain }
  package func root(of domain: Int) -> GUID { members[domain].root }

  private func home(of controller: Int) -> (SimulatedDomain, SimulatedDomain.ControllerID) {
    (members[places[controller].domain], places[controller].controller)
  }

  package func connect(to domain: Int) async -> any Directory {
    let directory = SimulatedDirectory(members[domain])
    state.withLock { $0.directories[domain] = directory }
    return directory
  }

  package func write(_ change: DirectoryWrite, at controller: Int) async -> GUID? {
    state.withLock { $0.shown = [:] }
    let (domain, controller) = home(of: controller)
    do {
      return try apply(change, to: domain, at: controller)
    } catch {
      return nil
    }
  }

  package func state(at controller: Int) async -> DirectoryState {
    let (domain, id) = home(of: controller)
    let (revision, now) = (domain.revision(of: id), domain.now)
    if let shown = state.withLock({ $0.shown[controller] }), shown.revision == revision, shown.state.now == now {
      return shown.state
    }
    let current = read(domain, id)
    state.withLock { $0.shown[controller] = (revision, current) }
    return current
  }

  private func read(_ domain: SimulatedDomain, _ id: SimulatedDomain.ControllerID) -> DirectoryState {
    var state = DirectoryState(domain: domain.options.domain, domainSID: domain.domainSID, now: domain.now)
    for object in domain.liveState(at: id) { state.objects[object.guid] = DirectoryEntry(object) }
    for guid in domain.knownObjects(at: id) where state.objects[guid] == nil {
      state.objects[guid] = DirectoryEntry(.other, name: "", isDeleted: true)
    }
    return state
  }

  package func revision(at controller: Int) async -> Int {
    let (domain, id) = home(of: controller)
    return domain.revision(of: id)
  }

  package func replicate(from source: Int, to target: Int) async {
    guard places[source].domain == places[target].domain else { return }
    home(of: source).0.replicate(from: places[source].controller, to: places[target].controller)
  }

  package func replicateAll() async { for domain in members { domain.replicateAll() } }

  package func advance(by duration: Duration) async {
    guard duration > .zero else { return }
    for domain in members { domain.advance(by: duration) }
  }

  package func stop(_ controller: Int) async { home(of: controller).0.stop(places[controller].controller) }
  package func start(_ controller: Int) async { home(of: controller).0.start(places[controller].controller) }

  package func takeSnapshot(of controller: Int) async {
    let (domain, id) = home(of: controller)
    let snapshot = domain.snapshot(of: id)
    state.withLock { $0.snapshots[controller] = snapshot }
  }

  package func goBack(_ controller: Int, isRestore: Bool) async {
    guard let snapshot = state.withLock({ $0.snapshots[controller] }) else { return }
    state.withLock { $0.shown = [:] }
    let (domain, id) = home(of: controller)
    if isRestore {
      domain.restoreFromBackup(id, to: snapshot)
    } else {
      domain.rollBack(id, to: snapshot)
    }
  }

  package func inject(_ fault: DirectoryFault, at controller: Int) async {
    var faults = SimulatedDirectory.Faults()
    switch fault {
    case .dropAfter(let entries): faults.breakAfter = entries
    case .rejectCookies: faults.refusesCookie = true
    case .repeats: faults.repeats = true
    }
    state.withLock { $0.directories[places[controller].domain] }?.inject(faults)
  }

  package func endFaults() async {
    for directory in state.withLock({ $0.directories }).values { directory.inject(SimulatedDirectory.Faults()) }
  }
}
