import Model
import Words

/// Reads `[scope]`.
enum ScopeReader {
  fileprivate enum ModeName: String, CaseIterable {
    case all, groups
    case organizationalUnits = "organizational-units"
  }

  private static let combined = "groups and OUs cannot be combined"
  private static let combinedRemedy = "Make one configuration for the groups and another one for the OUs"

  /// - Parameter domain: nil when it is not known, and the names are not compared with it.
  static func read(_ reader: inout SettingsReader, domain: String?) -> Scope? {
    guard var table = reader.table("scope") else {
      if !reader.has("scope") { reader.reportMissing("scope", example: #"[scope] with mode = "all""#) }
      return nil
    }
    defer { table.finish(into: &reader) }
    reportKeysNamedLikeModes(&table)
    let mode = readMode(&table)
    let included = ScopeNames.read("include", &table, domain: domain)
    let excluded = ScopeNames.read("exclude", &table, domain: domain)
    let nested = table.boolean("nested-groups")
    let kinds = readKinds(&table, mode: mode)
    let filters = FilterReader.read(&table, kinds: kinds)
    reportOverlap(included, excluded, in: table)
    if nested != nil, let mode, mode != .groups {
      table.report(
        "nested-groups",
        "has a meaning with mode = \"groups\" only",
        remedy: "Remove it: scope by \(mode.rawValue)"
      )
    }
    guard let mode else { return nil }
    switch mode {
    case .all:
      if !included.isEmpty {
        table.report(
          "include",
          "contradicts mode = \"all\"",
          remedy: #"Remove it, or choose mode = "groups" or mode = "organizational-units""#
        )
      }
    case .groups: checkGroups(included, in: table)
    case .organizationalUnits: checkOrganizationalUnits(included, in: table)
    }
    return Scope(
      mode: mode.scopeMode(included.map(\.name), nested: nested ?? true),
      excluded: excluded.map(\.name),
      kinds: kinds,
      filters: filters
    )
  }

  private static func readMode(_ table: inout SettingsReader) -> ModeName? {
    if case .array? = table.node("mode") {
      table.report("mode", combined, remedy: combinedRemedy)
      return nil
    }
    if !table.has("mode") { table.reportMissing("mode", example: #"mode = "groups""#) }
    return table.choice("mode", ModeName.self)
  }

  /// People write the roots under the name of the mode; the answer should be about that, and not about unknown keys.
  private static func reportKeysNamedLikeModes(_ table: inout SettingsReader) {
    let names = [ModeName.groups, .organizationalUnits].map(\.rawValue).filter { table.node($0) != nil }
    if names.count == 2 {
      table.report(names[1], combined, remedy: combinedRemedy)
    } else if let name = names.first {
      table.report(name, "unknown key", remedy: "Write mode = \"\(name)\" and list the DNs under include")
    }
  }

  private static func readKinds(_ table: inout SettingsReader, mode: ModeName?) -> Set<ResourceKind> {
    guard let words = table.strings("object-classes") else { return [.user, .group] }
    if words.isEmpty { table.report("object-classes", "is empty", remedy: "Name at least one, or remove the key") }
    var kinds: Set<ResourceKind> = []
    for (path, word) in words {
      guard let kind = ResourceKind(rawValue: word) else {
        let all = ResourceKind.allCases.map(\.rawValue)
        let hint = nearestWord(to: word, among: all).map { "Did you mean \"\($0)\"?" }
        table.report(
          at: path,
          "\(quotation(word)) is not an object class of this version",
          remedy: hint ?? "Choose among \(all.joined(separator: ", "))"
        )
        continue
      }
      if !kinds.insert(kind).inserted { table.report(at: path, "\(word) is named twice", remedy: "Remove one") }
      if kind == .organizationalUnit, mode == .groups {
        table.report(
          at: path,
          "a scope of groups never holds organizational units",
          remedy: #"Remove it, or choose mode = "organizational-units""#
        )
      }
    }
    return kinds
  }

  private static func checkGroups(_ included: [ScopeNames.Entry], in table: SettingsReader) {
    guard !included.isEmpty else { return reportNothingIncluded("groups", in: table) }
    let units = included.filter { $0.name.components.first?.type == "OU" }
    if let unit = units.first, units.count < included.count {
      return table.report(at: unit.path, combined, remedy: combinedRemedy)
    }
    for unit in units {
      table.report(
        at: unit.path,
        "\(quotation(unit.name.description)) is an organizational unit, but mode is \"groups\"",
        remedy: #"Choose mode = "organizational-units", or name groups"#
      )
    }
  }

  private static func checkOrganizationalUnits(_ included: [ScopeNames.Entry], in table: SettingsReader) {
    guard !included.isEmpty else { return reportNothingIncluded("organizational-units", in: table) }
    for root in included where root.name.components.first?.type == "DC" {
      table.report(
        at: root.path,
        "\(quotation(root.name.description)) is the whole domain",
        remedy: #"Choose mode = "all""#
      )
    }
  }

  private static func reportNothingIncluded(_ mode: String, in table: SettingsReader) {
    // DNs that could not be read were reported one by one.
    guard !table.has("include") || table.isEmptyArray("include") else { return }
    table.report("include", "mode = \"\(mode)\" needs at least one DN", remedy: "List the DNs under include")
  }

  private static func reportOverlap(
    _ included: [ScopeNames.Entry],
    _ excluded: [ScopeNames.Entry],
    in table: SettingsReader
  ) {
    for entry in excluded where included.contains(where: { $0.name.matches(entry.name) }) {
      table.report(
        at: entry.path,
        "\(quotation(entry.name.description)) is included too",
        remedy: "Remove it from one of the lists"
      )
    }
  }
}

extension ScopeReader.ModeName {
  fileprivate func scopeMode(_ names: [DistinguishedName], nested: Bool) -> Scope.Mode {
    switch self {
    case .all: .all
    case .groups: .groups(names, nested: nested)
    case .organizationalUnits: .organizationalUnits(names)
    }
  }
}
