package import Model

/// Reads what a sink holds and tells how it differs from what it was taken to hold.
package struct Reconciler: Sendable {
  let configuration: ConfigurationID
  let mapping: Mapping
  let kinds: Set<ResourceKind>
  let sink: any Sink
  let store: any Store

  private static let batch = 500

  package init(
    configuration: ConfigurationID,
    mapping: Mapping,
    kinds: Set<ResourceKind>,
    sink: any Sink,
    store: any Store
  ) {
    self.configuration = configuration
    self.mapping = mapping
    self.kinds = kinds
    self.sink = sink
    self.store = store
  }

  /// - Throws: `SinkUnavailable` when the sink could not be read to its end: then nothing is held for missing.
  package func compare(isRepairing: Bool) async throws -> DriftReport {
    let progress = Progress()
    let read = try await kindsToRead()
    for kind in ResourceKind.allCases where read.contains(kind) {
      let paths = Set((mapping.rules[kind] ?? []).map(\.target))
      try await sink.inventory(kind, paths) { held in
        try await progress.advance { state in
          try await store.write { [configuration] store in
            var comparison = SinkComparison(
              store: store,
              configuration: configuration,
              paths: paths,
              isRepairing: isRepairing,
              report: state.report,
              seen: state.seen
            )
            try comparison.compare(held)
            return Progress.State(report: comparison.report, seen: comparison.seen)
          }
        }
      }
    }
    return try await findMissing(among: read, progress, isRepairing)
  }

  /// Those of the scope, and others of which the sink holds something of ours from a former scope.
  private func kindsToRead() async throws -> Set<ResourceKind> {
    let held = try await store.read { [configuration] store in
      try ResourceKind.allCases.filter { try store.hasLinks(of: $0, configuration) }
    }
    return kinds.union(held).intersection(sink.capabilities.kinds)
  }

  private func findMissing(
    among kinds: Set<ResourceKind>,
    _ progress: Progress,
    _ isRepairing: Bool
  ) async throws -> DriftReport {
    var state = await progress.state
    var last: ObjectID?
    repeat {
      (state, last) = try await store.write { [configuration, state, last] store in
        var comparison = SinkComparison(
          store: store,
          configuration: configuration,
          paths: [],
          isRepairing: isRepairing,
          report: state.report,
          seen: state.seen
        )
        let next = try comparison.compareMissing(after: last, kinds: kinds, limit: Self.batch)
        return (Progress.State(report: comparison.report, seen: comparison.seen), next)
      }
    } while last != nil
    state.report.isRepaired = isRepairing && !state.report.isEmpty
    return state.report
  }

  private actor Progress {
    struct State: Sendable {
      var report = DriftReport()
      var seen: Set<ObjectID> = []
    }

    private(set) var state = State()

    func advance(_ step: @Sendable (State) async throws -> State) async throws {
      state = try await step(state)
    }
  }
}
