import Model

/// Reads the `[[mapping.…]]` tables. Each replaces the default rule of its target, or adds one.
enum MappingReader {
  static func read(_ reader: inout SettingsReader) -> Mapping {
    guard var table = reader.table("mapping") else { return .standard }
    var rules = Mapping.standard.rules
    for kind in ResourceKind.allCases {
      let standard = rules[kind] ?? []
      let own = readRules(of: kind, &table, standard: standard)
      let replaced = Set(own.map(\.target))
      rules[kind] = standard.filter { !replaced.contains($0.target) } + own
    }
    table.finish(into: &reader)
    return Mapping(rules: rules)
  }

  private static func readRules(
    of kind: ResourceKind,
    _ table: inout SettingsReader,
    standard: [MappingRule]
  ) -> [MappingRule] {
    var rules: [MappingRule] = []
    for var entry in table.tables(kind.rawValue) {
      let target = readTarget(&entry, kind: kind, standard: standard)
      let source = readSource(&entry, target: target, kind: kind)
      entry.finish(into: &table)
      guard let target else { continue }
      if rules.contains(where: { $0.target == target }) {
        entry.report("target", "\(quotation(target.text)) has two rules", remedy: "Keep one of them")
      }
      if let source { rules.append(MappingRule(source, target)) }
    }
    return rules
  }

  private static func readTarget(
    _ entry: inout SettingsReader,
    kind: ResourceKind,
    standard: [MappingRule]
  ) -> TargetPath? {
    guard let text = entry.text("target") else {
      if !entry.has("target") { entry.reportMissing("target", example: #"target = "title""#) }
      return nil
    }
    if let flaw = TargetPathSyntax.flaw(of: text) {
      entry.report(
        "target",
        "\(quotation(text)) is not a target: \(flaw)",
        remedy: #"Write for example title, name.givenName or emails[type eq "work"].value"#
      )
      return nil
    }
    if let reason = MappingRestrictions.reasonAgainst(target: text) {
      entry.report("target", "\(quotation(text)) cannot be mapped: \(reason)", remedy: "Remove this rule")
      return nil
    }
    // Names of attributes are the same in any case (RFC 7643 section 2.1), so the rule below must be found.
    return standard.first { $0.target.text.lowercased() == text.lowercased() }?.target ?? TargetPath(text)
  }

  private static func readSource(
    _ entry: inout SettingsReader,
    target: TargetPath?,
    kind: ResourceKind
  ) -> MappingSource? {
    let attribute = entry.text("source")
    let constant = readConstant(&entry)
    switch (entry.has("source"), entry.has("constant")) {
    case (true, true):
      entry.report("constant", "contradicts source", remedy: "Keep one of them")
      return nil
    case (false, false):
      entry.report("target", "its rule has neither source nor constant", remedy: #"Add source = "ATTRIBUTE""#)
      return nil
    default: break
    }
    if let attribute {
      if let flaw = MappingRestrictions.reasonAgainst(source: attribute) {
        entry.report("source", "\(quotation(attribute)) cannot be mapped: \(flaw)", remedy: "Name another attribute")
        return nil
      }
      if target == .active {
        entry.report(
          "source",
          "active is a boolean, and an attribute gives text",
          remedy: "Remove this rule: by default active follows userAccountControl"
        )
        return nil
      }
      return .attribute(AttributeName(attribute))
    }
    guard let constant, let target else { return nil }
    if let flaw = MappingRestrictions.reasonAgainst(constant: constant, target: target, kind: kind) {
      entry.report("constant", flaw.message, remedy: flaw.remedy)
      return nil
    }
    return .constant(constant)
  }

  private static func readConstant(_ entry: inout SettingsReader) -> ResourceValue? {
    switch entry.node("constant") {
    case nil: return nil
    case .boolean(let flag): return .boolean(flag)
    case .string: return entry.text("constant").map(ResourceValue.string)
    case .array: return entry.strings("constant").map { .strings($0.map(\.text)) }
    case .some(let node):
      entry.report("constant", "is \(node.typeName)", remedy: "Give a string, a boolean or an array of strings")
      return nil
    }
  }
}
