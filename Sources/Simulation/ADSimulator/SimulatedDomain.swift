package import Model
import Synchronization

/// An Active Directory domain in memory, with one or several domain controllers that replicate when they are told to.
///
/// It follows MS-DRSR where Samba does not: stamps on every value, vectors, silent ends of links, name conflicts, both
/// ways of deletion. Everything it does follows from its options and from what is done to it.
package final class SimulatedDomain: Sendable {
  package struct Options: Sendable {
    /// DNS name.
    package var domain = "corp.example.test"
    package var controllers = 1
    package var recycleBin = true
    package var tombstoneLifetime = Duration.seconds(60 * 86_400)
    package var deletedObjectLifetime = Duration.seconds(60 * 86_400)
    /// Most objects of one answer of DirSync.
    package var pageObjects = 1000
    /// Whether the cookie keeps what the client knew from elsewhere, which is the less forgiving reading of MS-DRSR
    /// 5.115.10, or has the controller's own vector.
    package var mergesVectors = true
    package var seed: UInt64 = 1

    package init() {}
  }

  package struct ControllerID: Hashable, Comparable, Sendable {
    package let number: Int

    package static func < (left: ControllerID, right: ControllerID) -> Bool { left.number < right.number }
  }

  package struct State: Sendable {
    package var replicas: [Replica]
    package var isRunning: [Bool]
    /// By the number of the invocation.
    package var invocationIDs: [GUID]
    package var schema = Schema()
    package var now: Timestamp
    var generator: SeededGenerator
    var nextRelativeID: UInt32 = 1100
    package var hidden: Set<GUID> = []
  }

  package let options: Options
  package let controllers: [ControllerID]
  package let root: GUID
  package let usersContainer: GUID
  package let domainUsers: GUID
  package let domainSID: SID
  let places: WellKnownPlaces
  private let state: Mutex<State>

  package init(_ options: Options, domainSID: SID, at now: Timestamp) {
    self.options = options
    self.domainSID = domainSID
    controllers = (0..<options.controllers).map(ControllerID.init)
    var generator = SeededGenerator(seed: options.seed)
    let places = WellKnownPlaces(&generator, domain: options.domain)
    self.places = places
    root = places.root
    usersContainer = places.users
    domainUsers = places.domainUsers
    let first = Replica.founding(places, domainSID: domainSID, at: now.seconds)
    let replicas = controllers.map { controller in
      var copy = first
      if controller.number > 0 { copy.begin(Invocation(number: controller.number)) }
      return copy
    }
    let invocationIDs = controllers.map { _ in generator.guid() }
    state = Mutex(
      State(
        replicas: replicas,
        isRunning: controllers.map { _ in true },
        invocationIDs: invocationIDs,
        now: now,
        generator: generator
      )
    )
  }

  package func withState<Result: Sendable, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { (state) throws(Failure) in try body(&state) }
  }

  package func name(of controller: ControllerID) -> String { "dc\(controller.number + 1).\(options.domain)" }

  /// - Throws: `SimulatorError.isStopped`, or what `body` throws, which then has changed nothing.
  func write<Result: Sendable>(
    at controller: ControllerID,
    _ body: (inout State, inout Replica) throws(SimulatorError) -> Result
  ) throws(SimulatorError) -> Result {
    try withState { (state) throws(SimulatorError) in
      guard state.isRunning[controller.number] else { throw .isStopped(controller) }
      var replica = state.replicas[controller.number]
      let result = try body(&state, &replica)
      state.replicas[controller.number] = replica
      return result
    }
  }
}
