package import Model

/// What a cloud must hold, worked out anew from the whole present state of a directory and the documentation of scope and
/// mapping. It shares nothing with the engine: no code, no data, no history.
package struct Oracle {
  package struct Entry {
    package let guid: GUID
    package let objectClass: ObjectClass
    package let name: String
    package let parent: GUID?
    package let relativeID: UInt32?
    package let primaryGroup: UInt32?
    package let texts: [AttributeName: String]
    package let members: [GUID]

    package init(
      guid: GUID,
      objectClass: ObjectClass,
      name: String,
      parent: GUID?,
      relativeID: UInt32?,
      primaryGroup: UInt32?,
      texts: [AttributeName: String],
      members: [GUID]
    ) {
      self.guid = guid
      self.objectClass = objectClass
      self.name = name
      self.parent = parent
      self.relativeID = relativeID
      self.primaryGroup = primaryGroup
      self.texts = texts
      self.members = members
    }
  }

  package enum Rule {
    case everyone
    case groups([GUID], nested: Bool)
    case units([GUID])
  }

  package struct Expected: Equatable {
    package var values: [String: String] = [:]
    package var isActive = true
    package var members: Set<GUID> = []
  }

  private let entries: [GUID: Entry]
  private let rule: Rule
  private let excluded: Set<GUID>
  private let includesUnits: Bool
  private let domain: String
  private let now: Timestamp
  /// By member: who holds it directly.
  private var holders: [GUID: Set<GUID>] = [:]

  /// - Parameter live: what is not deleted and may be seen.
  package init(
    _ live: [Entry],
    rule: Rule,
    excluded: Set<GUID>,
    includesUnits: Bool,
    domain: String,
    now: Timestamp
  ) {
    entries = Dictionary(uniqueKeysWithValues: live.map { ($0.guid, $0) })
    self.rule = rule
    self.excluded = excluded
    self.includesUnits = includesUnits
    self.domain = domain
    self.now = now
    for group in live where group.objectClass == .group {
      for member in group.members where entries[member] != nil { holders[member, default: []].insert(group.guid) }
      for user in live where group.relativeID != nil && user.primaryGroup == group.relativeID {
        holders[user.guid, default: []].insert(group.guid)
      }
    }
  }

  /// What must be there and usable; all else has left, or was never there.
  package func expected() -> [GUID: Expected] {
    var result: [GUID: Expected] = [:]
    for entry in entries.values where isManaged(entry) && !Self.isUndecided(entry) {
      result[entry.guid] = state(of: entry)
    }
    for (member, groups) in holders where result[member] != nil && entries[member]?.objectClass != .organizationalUnit {
      for group in groups { result[group]?.members.insert(member) }
    }
    return result
  }

  /// Of which nothing is demanded: losers of name conflicts, and what no account can be made of.
  package func undecided() -> Set<GUID> {
    Set(entries.values.filter(Self.isUndecided).map(\.guid))
  }

  private static func isUndecided(_ entry: Entry) -> Bool {
    entry.name.contains("\nCNF:")
      || (entry.objectClass == .user && entry.texts["userPrincipalName"] == nil && entry.texts["sAMAccountName"] == nil)
  }

  private func isManaged(_ entry: Entry) -> Bool {
    switch entry.objectClass {
    case .user, .group: break
    case .organizationalUnit: if !includesUnits { return false }
    default: return false
    }
    let above = places(above: entry.guid)
    let around = groups(around: entry.guid)
    if excluded.contains(entry.guid) || !excluded.isDisjoint(with: above) || !excluded.isDisjoint(with: around) {
      return false
    }
    switch rule {
    case .everyone: return true
    case .units(let roots): return roots.contains(entry.guid) || !above.isDisjoint(with: roots)
    case .groups(let roots, let nested):
      if roots.contains(entry.guid) { return true }
      if nested { return !around.isDisjoint(with: roots) }
      return entry.objectClass != .group && !(holders[entry.guid] ?? []).isDisjoint(with: roots)
    }
  }

  private func places(above guid: GUID) -> Set<GUID> {
    var found: Set<GUID> = []
    var next = entries[guid]?.parent
    while let place = next, found.insert(place).inserted { next = entries[place]?.parent }
    return found
  }

  private func groups(around guid: GUID) -> Set<GUID> {
    var found: Set<GUID> = []
    var border = Array(holders[guid] ?? [])
    while let group = border.popLast() {
      if found.insert(group).inserted { border += Array(holders[group] ?? []) }
    }
    return found
  }

  private func state(of entry: Entry) -> Expected {
    var state = Expected()
    switch entry.objectClass {
    case .user:
      state.values["userName"] =
        entry.texts["userPrincipalName"] ?? (entry.texts["sAMAccountName"] ?? "") + "@" + domain
      state.values["displayName"] = entry.texts["displayName"] ?? entry.name
      state.values["title"] = entry.texts["title"]
      let control = Int(entry.texts["userAccountControl"] ?? "") ?? 0
      state.isActive = control & 2 == 0 && !hasExpired(entry)
    case .group: state.values["displayName"] = entry.texts["displayName"] ?? entry.name
    default:
      state.values["displayName"] = entry.name
      state.values["parent"] = entry.parent?.description
    }
    return state
  }

  private func hasExpired(_ entry: Entry) -> Bool {
    guard let ticks = Int64(entry.texts["accountExpires"] ?? ""), ticks > 0, ticks < Int64.max else { return false }
    return Double(ticks) / 10_000_000 - 11_644_473_600 <= Double(now.milliseconds) / 1000
  }
}
