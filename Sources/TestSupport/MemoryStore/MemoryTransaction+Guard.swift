import Engine
import Model

extension MemoryTransaction {
  func links(
    _ configuration: ConfigurationID,
    behind gate: Gate,
    after last: ObjectID?,
    limit: Int
  ) throws -> [LinkRecord] {
    let links = (state.gatedLinks[configuration] ?? []).filter { object in last.map { $0 < object } ?? true }
      .sorted().compactMap { state.links[LinkKey(configuration, $0)] }
    return Array(links.filter { $0.gate == gate }.prefix(limit))
  }

  func memberLinks(
    _ configuration: ConfigurationID,
    behind gate: Gate,
    after last: MemberLink?,
    limit: Int
  ) throws -> [MemberLink] {
    let links = (state.gatedMembers[configuration] ?? [])
      .compactMap { state.memberLinks[$0] }
      .filter { $0.gate == gate && $0.isConfirmed != $0.isDesired }
      .filter { member in last.map { ($0.group, $0.member) < (member.group, member.member) } ?? true }
    return Array(links.sorted { ($0.group, $0.member) < ($1.group, $1.member) }.prefix(limit))
  }

  func provisionedCount(_ configuration: ConfigurationID, of kind: ResourceKind) throws -> Int {
    state.links.values.count { $0.configuration == configuration && $0.isProvisioned && $0.kind == kind }
  }

  func provisionedCount(_ configuration: ConfigurationID, in home: ObjectID) throws -> Int {
    state.links.values.count { $0.configuration == configuration && $0.isProvisioned && $0.home == home }
  }

  func memberCount(of group: ObjectID, _ configuration: ConfigurationID) throws -> Int {
    (state.linkedMembers[LinkKey(configuration, group)] ?? [])
      .compactMap { state.memberLinks[MemberKey(configuration, group, $0)] }
      .count { $0.isConfirmed != false }
  }

  func withdrawalCount(_ configuration: ConfigurationID, of kind: ResourceKind, since date: Timestamp) throws -> Int {
    withdrawals(configuration, since: date).count { $0.group == nil && $0.kind == kind }
  }

  func withdrawalCount(_ configuration: ConfigurationID, in home: ObjectID, since date: Timestamp) throws -> Int {
    withdrawals(configuration, since: date).count { $0.group == nil && $0.home == home }
  }

  func withdrawalCount(_ configuration: ConfigurationID, from group: ObjectID, since date: Timestamp) throws -> Int {
    withdrawals(configuration, since: date).count { $0.group == group }
  }

  private func withdrawals(_ configuration: ConfigurationID, since date: Timestamp) -> [Withdrawal] {
    state.withdrawals.values.filter { $0.configuration == configuration && $0.date >= date }
  }

  func note(_ withdrawal: Withdrawal) throws {
    try requireObject(withdrawal.object)
    try requireConfiguration(withdrawal.configuration)
    set(\.withdrawals, WithdrawalKey(withdrawal), withdrawal)
  }

  func forgetWithdrawals(_ configuration: ConfigurationID, before date: Timestamp) throws {
    for (key, withdrawal) in state.withdrawals
    where withdrawal.configuration == configuration && withdrawal.date < date {
      set(\.withdrawals, key, nil)
    }
  }
}

extension LinkRecord {
  fileprivate var isProvisioned: Bool { confirmed != nil && presence == .present }
}
