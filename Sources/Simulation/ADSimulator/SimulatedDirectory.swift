package import Engine
package import Model
import Synchronization

/// The engine's port on a simulated domain: stays with one controller as long as that runs, then goes on to the next.
package final class SimulatedDirectory: Directory {
  package struct Faults: Sendable {
    /// The next answer of DirSync breaks off after so many changes.
    package var breakAfter: Int?
    /// The next cookie is refused.
    package var refusesCookie = false
    /// The next answer repeats what it delivers, in older states first.
    package var repeats = false

    package init() {}
  }

  private struct Use: Sendable {
    var current: Int
    var faults = Faults()
  }

  private let domain: SimulatedDomain
  private let use: Mutex<Use>

  package init(_ domain: SimulatedDomain, startingAt controller: Int = 0) {
    self.domain = domain
    use = Mutex(Use(current: controller))
  }

  package func inject(_ faults: Faults) { use.withLock { $0.faults = faults } }

  /// The one that the next question goes to; the first one when none runs.
  package var controllerInUse: SimulatedDomain.ControllerID {
    (try? controller()) ?? domain.controllers[0]
  }

  /// The controller in use, changing it when it is down.
  private func controller() throws(DirectoryError) -> SimulatedDomain.ControllerID {
    let all = domain.controllers
    let found = use.withLock { use -> SimulatedDomain.ControllerID? in
      for step in all.indices {
        let index = (use.current + step) % all.count
        if domain.isRunning(all[index]) {
          use.current = index
          return all[index]
        }
      }
      return nil
    }
    guard let found else { throw .unreachable(controller: "every one", detail: "stopped") }
    return found
  }

  private func read<Result: Sendable>(
    _ body: (SimulatedDomain.State, Replica) throws(DirectoryError) -> Result
  ) throws(DirectoryError) -> Result {
    let controller = try controller()
    return try domain.withState { (state) throws(DirectoryError) in
      try body(state, state.replicas[controller.number])
    }
  }

  package func describe() async throws -> DirectoryDescription {
    let name = domain.name(of: try controller())
    let namingContext = DistinguishedName(domain.places.labels.map { RelativeName(type: "DC", value: $0) })
    return try read { [domain] state, replica in
      DirectoryDescription(
        namingContext: namingContext,
        namingContextGUID: domain.root,
        domainSID: domain.domainSID,
        controller: name,
        invocationID: state.invocationIDs[replica.invocation.number],
        highestCommittedUSN: replica.usn,
        deletionLifetime: min(domain.options.tombstoneLifetime, domain.options.deletedObjectLifetime)
      )
    }
  }

  package func pulse() async throws -> DirectoryPulse {
    try read { state, replica in
      DirectoryPulse(
        invocationID: state.invocationIDs[replica.invocation.number],
        highestCommittedUSN: replica.usn
      )
    }
  }

  package func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    let faults = use.withLock { use in
      defer { use.faults = Faults() }
      return use.faults
    }
    if faults.refusesCookie, cookie != nil { throw DirectoryError.cookieRejected(detail: "injected") }
    let (answer, end) = try answer(since: cookie, attributes)
    var changes = answer.changes
    if faults.repeats { changes = changes + changes }
    if let count = faults.breakAfter, count < changes.count {
      try await deliver(Array(changes.prefix(count)))
      throw DirectoryError.incomplete(detail: "the connection was lost")
    }
    if !changes.isEmpty { try await deliver(changes) }
    return ChangesEnd(cookie: end.encoded(), hasMore: answer.hasMore)
  }

  private func answer(
    since cookie: [UInt8]?,
    _ attributes: Set<AttributeName>
  ) throws(DirectoryError) -> (ChangeCollector.Answer, DirSyncState) {
    let since = cookie.flatMap { DirSyncState($0) }
    if cookie != nil, since == nil { throw .cookieRejected(detail: "it is none") }
    return try read { [domain] state, replica in
      let collector = ChangeCollector(
        replica: replica,
        schema: state.schema,
        now: state.now,
        hidden: state.hidden,
        wanted: attributes,
        since: since
      )
      let answer = collector.answer(limit: domain.options.pageObjects)
      var end = DirSyncState(
        invocation: replica.invocation,
        usn: answer.lastUSN,
        valueUSN: collector.valueUSN,
        vector: nil
      )
      if !answer.hasMore {
        end.valueUSN = answer.lastUSN
        var vector = replica.fullVector
        if domain.options.mergesVectors, let known = since?.vector { vector.merge(known) }
        end.vector = vector
      }
      return (answer, end)
    }
  }

  package func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?] {
    let name = domain.name(of: try controller())
    return try read { (state, replica) throws(DirectoryError) in
      if let known = cookie.flatMap({ DirSyncState($0) }), !known.isDominated(by: replica) {
        throw .behind(controller: name, detail: "it has not received everything")
      }
      var readings: [GUID: DirectoryChange?] = [:]
      for guid in guids {
        let object = state.hidden.contains(guid) ? nil : replica.objects[guid]
        readings.updateValue(object.map { replica.whole($0, state, attributes) }, forKey: guid)
      }
      return readings
    }
  }

  package func locate(_ name: DistinguishedName) async throws -> LocatedObject? {
    try read { state, replica in
      replica.objects.values
        .first { !$0.isDeleted && !state.hidden.contains($0.guid) && replica.name(of: $0).matches(name) }
        .map { LocatedObject(guid: $0.guid, objectClass: $0.objectClass, name: replica.name(of: $0)) }
    }
  }

  package func disconnect() async {}

  package static let baseDN = "DC=corp,DC=example,DC=test"
}
