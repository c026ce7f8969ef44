package import Model

/// For whoever watches a controller from outside.
extension SimulatedDomain {
  /// All that the replica knows of, deleted or not; what is hidden is not known to the account that reads.
  package func knownObjects(at controller: ControllerID) -> Set<GUID> {
    withState { state in Set(state.replicas[controller.number].objects.keys).subtracting(state.hidden) }
  }

  /// Differs when the replica may hold something else.
  package func revision(of controller: ControllerID) -> Int {
    withState { state in
      let replica = state.replicas[controller.number]
      var hasher = Hasher()
      for part in [Int(replica.usn), replica.invocation.number, replica.objects.count, state.hidden.count] {
        hasher.combine(part)
      }
      return hasher.finalize()
    }
  }
}

extension SimulatedDomain {
  /// At the first controller.
  package func isLive(_ guid: GUID) -> Bool {
    withState { state in state.replicas[0].objects[guid].map { !$0.isDeleted } ?? false }
  }
}
