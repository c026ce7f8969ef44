import Engine
package import Model
package import Oracle

/// A configuration with its sink, and what the simulation remembers of it from rest to rest.
package final class Cloud {
  private(set) var setup: Setup
  package var configuration: Configuration { setup.configuration }
  package var bases: ScopeBases { setup.bases }
  package let sink: SimulatedSink
  let judge: Judge
  private(set) var oracle: Oracle
  /// What the sink held at the last rest.
  var rested: [GUID: SimulatedSink.Held] = [:]
  /// When each object that had left at the last rest went: between these two moments.
  var departures: [GUID: Departure] = [:]
  /// The last rest at which it could be compared.
  var compared = Timestamp(milliseconds: 0)
  var pausedUntil: Timestamp?
  /// The number of its configuration's domain.
  let domain: Int
  /// The configuration of the other domain that has the same sink.
  private weak var partner: Cloud?
  /// What the provisioning log was found to tell, up to that entry.
  var logged: [Deed: Int] = [:]
  var lastLogged: Int64 = 0

  /// When its configuration was changed for the last time: what had left before, left under another rule.
  private(set) var changed: Timestamp?

  struct Departure {
    let earliest: Timestamp
    /// Nil while it may be back.
    var latest: Timestamp?
  }

  struct Setup {
    let configuration: Configuration
    let bases: ScopeBases

    init(_ configuration: Configuration, _ bases: ScopeBases) {
      self.configuration = configuration
      self.bases = bases
    }
  }

  /// - Parameter partner: of the first domain.
  package init(
    _ configuration: Configuration,
    bases: ScopeBases,
    sink: SimulatedSink,
    judge: Judge,
    domain: Int = 0,
    partner: Cloud? = nil
  ) {
    self.domain = domain
    self.partner = partner
    setup = Setup(configuration, bases)
    self.sink = sink
    self.judge = judge
    oracle = Oracle(configuration, bases: bases)
    partner?.partner = self
  }

  /// The one that remembers what both of a sink's configurations did.
  private var leader: Cloud { domain == 0 ? self : partner ?? self }
  package var isLeading: Bool { leader === self }
  var hasPartner: Bool { partner != nil }
  var sinkName: String { leader.configuration.name }

  /// - Parameter states: of each domain, by number.
  func expectation(from states: [DirectoryState]) -> CloudExpectation {
    Oracle.expectation(of: ([self] + [partner].compactMap(\.self)).map { ($0.oracle, states[$0.domain]) })
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
      sendsNestedGroups: true,
      deleteGuard: .off
    )
    let roots = ScopeBases(included: bases)
    let judge = Judge(configuration, bases: roots)
    let capabilities = SinkCapabilities(
      kinds: Set(ResourceKind.allCases),
      batchSize: 2,
      memberChunk: 2,
      canBeRead: true
    )
    let sink = SimulatedSink(capabilities, judge: judge, randomness: Randomness(seed: 1))
    self.init(configuration, bases: roots, sink: sink, judge: judge)
  }

  func use(_ setup: Setup, at now: Timestamp) {
    self.setup = setup
    leader.changed = now
    // Nothing that was there at the last rest is promised any more.
    leader.rested = [:]
    oracle = Oracle(setup.configuration, bases: setup.bases)
    judge.use(setup.configuration, bases: setup.bases)
  }

  /// Somebody else took it away: nobody has to keep it.
  func forget(_ guid: GUID) { leader.rested[guid] = nil }

  /// It went without a word: until that is found out it may still be taken for one that is back.
  func noteSilence(_ guid: GUID) { leader.departures[guid]?.latest = nil }

  /// Whether somebody must first put back what the scope is built on.
  func lacksBase(in states: [DirectoryState]) -> Bool {
    lacksBase(of: states[domain])
  }

  /// - Parameter state: of its own domain.
  func lacksBase(of state: DirectoryState) -> Bool {
    bases.included.union(bases.excluded).contains { state.objects[$0]?.isDeleted ?? true }
  }

  /// Whether nothing can be said of its sink, because one of its configurations stands still.
  func isBlocked(in states: [DirectoryState]) -> Bool {
    lacksBase(in: states) || partner?.lacksBase(in: states) == true
  }
}
