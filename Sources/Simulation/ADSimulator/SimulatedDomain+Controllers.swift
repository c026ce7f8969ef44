package import Model

/// What happens to domain controllers and between them.
extension SimulatedDomain {
  package struct Snapshot: Sendable {
    let replica: Replica
  }

  package func stop(_ controller: ControllerID) { withState { $0.isRunning[controller.number] = false } }
  package func start(_ controller: ControllerID) { withState { $0.isRunning[controller.number] = true } }
  package func isRunning(_ controller: ControllerID) -> Bool { withState { $0.isRunning[controller.number] } }

  package func replicate(from source: ControllerID, to target: ControllerID) {
    withState { _ = Self.replicate(from: source.number, to: target.number, &$0, options) }
  }

  /// Until every controller has everything.
  package func replicateAll() {
    withState { state in
      var isMoving = true
      // What replication itself writes, such as the name of a conflict's loser, has to travel, too.
      for _ in 0..<20 where isMoving {
        isMoving = false
        for target in state.replicas.indices {
          for source in state.replicas.indices where source != target {
            if Self.replicate(from: source, to: target, &state, options) { isMoving = true }
          }
        }
      }
    }
  }

  /// Whether all hold the same. Equal vectors alone do not say so: after a USN rollback they lie.
  package var hasConverged: Bool {
    withState { state in
      let first = state.replicas[0]
      return state.replicas.dropFirst().allSatisfy { $0.fullVector == first.fullVector && $0.holdsSame(as: first) }
    }
  }

  private static func replicate(from source: Int, to target: Int, _ state: inout State, _ options: Options) -> Bool {
    guard state.isRunning[source], state.isRunning[target] else { return false }
    let origin = state.replicas[source]
    return state.replicas[target].receive(
      from: origin,
      schema: state.schema,
      recycleBin: options.recycleBin,
      at: state.now.seconds
    )
  }

  package func snapshot(of controller: ControllerID) -> Snapshot {
    withState { Snapshot(replica: $0.replicas[controller.number]) }
  }

  /// As with a virtual machine put back to an older state: nobody is told (USN rollback).
  package func rollBack(_ controller: ControllerID, to snapshot: Snapshot) {
    withState { $0.replicas[controller.number] = snapshot.replica }
  }

  /// From a backup, with a new invocationId (MS-ADTS 3.1.1.1.9); the others send it what it has missed.
  package func restoreFromBackup(_ controller: ControllerID, to snapshot: Snapshot) {
    withState { state in
      var replica = snapshot.replica
      replica.begin(Invocation(number: state.invocationIDs.count))
      replica.watermarks = [:]
      state.invocationIDs.append(state.generator.guid())
      state.replicas[controller.number] = replica
    }
  }

  /// Time passes: deleted objects are recycled and forgotten.
  package func advance(by duration: Duration) {
    withState { state in
      state.now = state.now + duration
      for index in state.replicas.indices {
        state.replicas[index].collectGarbage(schema: state.schema, options: options, at: state.now)
      }
    }
  }

  package var now: Timestamp { withState { $0.now } }

  /// From the account that reads; nothing is reported when that changes.
  package func hide(_ guids: Set<GUID>) { withState { $0.hidden.formUnion(guids) } }
  package func show(_ guids: Set<GUID>) { withState { $0.hidden.subtract(guids) } }

  /// Vanishes everywhere without a tombstone, as a dynamic object does.
  package func expunge(_ guid: GUID) {
    withState { state in
      for index in state.replicas.indices { state.replicas[index].expunge(guid) }
    }
  }
}
