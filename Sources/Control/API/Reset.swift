/// What a restart may forget, so that it is found out again; the words of `QueryParameter.reset`.
package enum Reset: String, Codable, Hashable, Sendable, CaseIterable {
  /// How far the domain was read: all of it is read again, for every configuration of the domain.
  case watermark
  /// Waiting times of what failed for its own reason: it is tried at once.
  case escrows
  /// The pause after systematic failures, and one that the sink asked for.
  case quarantine
  /// Which object of the sink is whose: each is looked for again by its match rules.
  case links

  /// Stands for all of them.
  package static let all = "all"
}
