package import FoundationEssentials

/// How one configuration fares; part of several answers.
package struct ConfigurationStatus: Codable, Hashable, Sendable {
  package enum Health: String, Codable, Sendable {
    case ok
    /// No run has ended since the daemon started.
    case starting
    case degraded
    case failed
    case disabled
  }

  package let name: String
  package let domain: String
  package let enabled: Bool
  package let health: Health
  /// Why `health` is not `ok`, in a sentence.
  package let reason: String?
  package let running: Bool
  package let lastRun: RunReport?
  package let nextRun: Date?
  /// Objects that exist in the sink.
  package let provisioned: Int
  /// Objects with changes that the sink has not confirmed.
  package let pending: Int
  /// Objects that failed for their own reason and wait for their retry.
  package let escrowed: Int
  /// Memberships that the sink has not confirmed.
  package let pendingMembers: Int
  /// Operations that the guard holds until a person decides.
  package let held: Int

  package init(
    name: String,
    domain: String,
    enabled: Bool,
    health: Health,
    reason: String? = nil,
    running: Bool = false,
    lastRun: RunReport? = nil,
    nextRun: Date? = nil,
    provisioned: Int = 0,
    pending: Int = 0,
    escrowed: Int = 0,
    pendingMembers: Int = 0,
    held: Int = 0
  ) {
    self.name = name
    self.domain = domain
    self.enabled = enabled
    self.health = health
    self.reason = reason
    self.running = running
    self.lastRun = lastRun
    self.nextRun = nextRun
    self.provisioned = provisioned
    self.pending = pending
    self.escrowed = escrowed
    self.pendingMembers = pendingMembers
    self.held = held
  }
}

/// Answer of `GET /v1/configurations`: an object, so that it can grow.
package struct ConfigurationList: Codable, Hashable, Sendable {
  package let configurations: [ConfigurationStatus]

  package init(configurations: [ConfigurationStatus]) {
    self.configurations = configurations
  }
}
