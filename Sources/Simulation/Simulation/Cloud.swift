import Engine
package import Model
package import Oracle

/// A configuration with its sink, and what the simulation remembers of it from rest to rest.
package final class Cloud {
  package let configuration: Configuration
  package let bases: ScopeBases
  package let sink: SimulatedSink
  let judge: Judge
  let oracle: Oracle
  /// What the sink held at the last rest.
  var rested: [GUID: SimulatedSink.Held] = [:]
  /// When each object that had left at the last rest went: between these two moments.
  var departures: [GUID: Departure] = [:]
  var pausedUntil: Timestamp?

  struct Departure {
    let earliest: Timestamp
    let latest: Timestamp
  }

  package init(_ configuration: Configuration, bases: ScopeBases, sink: SimulatedSink, judge: Judge) {
    self.configuration = configuration
    self.bases = bases
    self.sink = sink
    self.judge = judge
    oracle = Oracle(configuration, bases: bases)
  }

  /// With nothing but its scope to tell it from others.
  convenience init(named name: String, _ scope: Scope, bases: Set<GUID>, leaving: LeavingPolicy) {
    let configuration = Configuration(
      name: name,
      domain: "corp.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: scope,
      mapping: .standard,
      onLeaveScope: leaving,
      sendsNestedGroups: true
    )
    let roots = ScopeBases(included: bases)
    let judge = Judge(scope, bases: roots)
    let capabilities = SinkCapabilities(
      kinds: Set(ResourceKind.allCases),
      batchSize: 2,
      memberChunk: 2,
      canBeRead: true
    )
    let sink = SimulatedSink(capabilities, judge: judge, randomness: Randomness(seed: 1))
    self.init(configuration, bases: roots, sink: sink, judge: judge)
  }

  /// Whether somebody must first put back what the scope is built on.
  func lacksBase(in state: DirectoryState) -> Bool {
    bases.included.union(bases.excluded).contains { state.objects[$0]?.isDeleted ?? true }
  }
}
