import Model

/// How attributes become those of the cloud, as docs/mapping.md tells it.
struct MappingRules {
  let mapping: Mapping
  let domain: String
  let now: Timestamp

  func attributes(of entry: DirectoryEntry, as kind: ResourceKind) -> [TargetPath: ResourceValue] {
    var result: [TargetPath: ResourceValue] = [:]
    for rule in mapping.rules[kind] ?? [] {
      if let value = value(of: rule.source, entry) { result[rule.target] = value }
    }
    return result
  }

  private func value(of source: MappingSource, _ entry: DirectoryEntry) -> ResourceValue? {
    switch source {
    case .constant(let value): return value
    case .attribute(let name): return entry.text(name.folded).map { .string($0) }
    case .name: return .string(entry.name)
    case .parent: return entry.parent.map { .string("\($0)") }
    case .displayName: return .string(entry.text("displayname") ?? entry.name)
    case .userPrincipalName:
      if let name = entry.text("userprincipalname") { return .string(name) }
      // The implicit name that AD accepts, too (MS-ADTS 5.1.1.1.1).
      return entry.text("samaccountname").map { .string($0 + "@" + domain) }
    case .accountEnabled: return .boolean(isUsable(entry))
    }
  }

  /// Neither disabled (ACCOUNTDISABLE, 0x2) nor expired. 0 and the largest number stand for no expiry.
  private func isUsable(_ entry: DirectoryEntry) -> Bool {
    if (entry.number("useraccountcontrol") ?? 0) & 2 == 2 { return false }
    guard let expiry = entry.number("accountexpires"), expiry > 0, expiry < .max else { return true }
    let milliseconds = expiry / 10_000 - 11_644_473_600_000
    return now.milliseconds < milliseconds
  }
}
