/// What a simulation counts.
package struct Figures: Sendable, Hashable {
  package var seeds = 0
  package var operations = 0
  package var refused = 0
  package var runs = 0
  package var rests = 0
  package var requests = 0
  package var sinkFaults = 0
  package var directoryFaults = 0
  package var storeFaults = 0
  package var kills = 0
  package var stops = 0
  /// Seeds that ended with an agent that stands still on purpose.
  package var standstills = 0
  package var violations: [Violation.Kind: Int] = [:]

  package init() {}

  package static func += (left: inout Figures, right: Figures) {
    left.seeds += right.seeds
    left.operations += right.operations
    left.refused += right.refused
    left.runs += right.runs
    left.rests += right.rests
    left.requests += right.requests
    left.sinkFaults += right.sinkFaults
    left.directoryFaults += right.directoryFaults
    left.storeFaults += right.storeFaults
    left.kills += right.kills
    left.stops += right.stops
    left.standstills += right.standstills
    left.violations.merge(right.violations) { $0 + $1 }
  }
}
