import Engine
import Model

/// Adds and removes members of one group. A refused request is halved until the members that are at fault stand alone; the
/// others take effect.
struct MembershipChange {
  /// So many refusals without one success are the service's fault, not the members'.
  private static let mostFutileAttempts = 10

  let session: SCIMSession
  let group: String
  private var hasEffect = false
  private var refused: [GUID: String] = [:]
  private var groupIsThere = false

  init(session: SCIMSession, group: String) {
    self.session = session
    self.group = group
  }

  mutating func carryOut(added: [MemberReference], removed: [MemberReference]) async throws(SCIMFailure) {
    do throws(SCIMFailure) {
      // Two requests: some services refuse a mixture.
      try await send(added, .add)
      try await send(removed, .remove)
    } catch {
      throw hasEffect ? .afterEffect(error) : error
    }
    if !refused.isEmpty { throw .membersRefused(refused) }
  }

  private mutating func send(_ members: [MemberReference], _ verb: PatchOperation.Verb) async throws(SCIMFailure) {
    guard !members.isEmpty else { return }
    let operations = Self.operations(members, verb)
    guard let refusal = try await session.patch(.group, group, operations) else {
      hasEffect = true
      return
    }
    if refusal.status == 404 { try await checkGroup() }
    if refusal.status == 405 || refusal.status == 501 { throw .rejected(refusal) }
    guard members.count == 1 else {
      let half = members.count / 2
      try await send(Array(members[..<half]), verb)
      try await send(Array(members[half...]), verb)
      return
    }
    if Self.isAsWanted(verb, refusal) { return }
    refused[members[0].guid] = refusal.reason
    if !hasEffect, refused.count >= Self.mostFutileAttempts { throw .rejected(refusal) }
  }

  /// A 404 may mean the group or the member.
  private mutating func checkGroup() async throws(SCIMFailure) {
    guard !groupIsThere else { return }
    guard try await session.read(.group, group) != nil else {
      throw .stale("Groups/\(group.printable(limit: 80)) is gone from the service")
    }
    groupIsThere = true
  }

  private static func operations(_ members: [MemberReference], _ verb: PatchOperation.Verb) -> [PatchOperation] {
    guard verb == .add else {
      // One for each: a filter with `or` removes only one of them on some services.
      return members.map { PatchOperation(.remove, "members[value eq \($0.remoteID.filterLiteral)]") }
    }
    return [PatchOperation(.add, "members", .array(members.map { .object(["value": .string($0.remoteID)]) }))]
  }

  /// Whether a refusal only says that there is nothing to do.
  private static func isAsWanted(_ verb: PatchOperation.Verb, _ refusal: Refusal) -> Bool {
    verb == .add ? refusal.status == 409 : refusal.code == "noTarget" || refusal.status == 404
  }
}
