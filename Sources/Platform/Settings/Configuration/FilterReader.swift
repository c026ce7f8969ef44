import Model
import Patterns
import Words

/// Reads the `[[scope.filter]]` tables.
enum FilterReader {
  static func read(_ table: inout SettingsReader, kinds: Set<ResourceKind>) -> [ScopeFilter] {
    var filters: [ScopeFilter] = []
    for var entry in table.tables("filter") {
      let kind = readKind(&entry, kinds: kinds)
      var clauses: [ScopeClause] = []
      let tables = entry.tables("clauses")
      for var clause in tables {
        if let clause = readClause(&clause) { clauses.append(clause) }
        clause.finish(into: &entry)
      }
      if !entry.has("clauses") {
        entry.reportMissing(
          "clauses",
          example: #"clauses = [{ attribute = "department", operator = "EQUALS", value = "Sales" }]"#
        )
      } else if entry.isEmptyArray("clauses") {
        entry.report("clauses", "is empty", remedy: "Add a clause, or remove the filter")
      }
      entry.finish(into: &table)
      filters.append(ScopeFilter(kind: kind, clauses: clauses))
    }
    return filters
  }

  private static func readKind(_ entry: inout SettingsReader, kinds: Set<ResourceKind>) -> ResourceKind? {
    guard let kind = entry.choice("object-class", ResourceKind.self) else { return nil }
    if !kinds.contains(kind) {
      entry.report(
        "object-class",
        "the scope holds no objects of the class \(kind.rawValue)",
        remedy: "Add it to object-classes of the scope, or remove the filter"
      )
    }
    return kind
  }

  private static func readClause(_ clause: inout SettingsReader) -> ScopeClause? {
    let comparison = readOperator(&clause)
    let attribute = readAttribute(&clause, comparison)
    let value = readValue(&clause)
    guard let comparison else { return nil }
    // A value of the wrong form was reported.
    if clause.has("value") && value == nil { return nil }
    do throws(ScopeClauseError) {
      // Also without an attribute, for the problems of the value.
      return try ScopeClause(AttributeName(attribute ?? "name"), comparison, value)
    } catch {
      report(error, comparison, value ?? "", in: clause)
      return nil
    }
  }

  private static func readAttribute(_ clause: inout SettingsReader, _ comparison: ClauseOperator?) -> String? {
    guard let attribute = clause.text("attribute") else {
      if !clause.has("attribute") { clause.reportMissing("attribute", example: #"attribute = "department""#) }
      return nil
    }
    if let flaw = ClauseRestrictions.reasonAgainst(attribute, comparison) {
      clause.report("attribute", "\(quotation(attribute)) cannot be asked: \(flaw.message)", remedy: flaw.remedy)
      return nil
    }
    return attribute
  }

  private static func readOperator(_ clause: inout SettingsReader) -> ClauseOperator? {
    guard let text = clause.text("operator") else {
      if !clause.has("operator") { clause.reportMissing("operator", example: #"operator = "EQUALS""#) }
      return nil
    }
    if let found = ClauseOperator(spelling: text) { return found }
    let names = ClauseOperator.allCases.map { ClauseOperator.folded($0.rawValue) }
    let nearest = nearestWord(to: ClauseOperator.folded(text), among: names).flatMap(ClauseOperator.init(spelling:))
    clause.report(
      "operator",
      "\(quotation(text)) is not an operator",
      remedy: nearest.map { "Did you mean \"\($0.rawValue)\"?" }
        ?? "Choose one of " + ClauseOperator.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    )
    return nil
  }

  private static func readValue(_ clause: inout SettingsReader) -> String? {
    switch clause.node("value") {
    case nil: return nil
    case .integer(let number): return String(number)
    case .string: return clause.text("value")
    case .boolean:
      clause.report("value", "is a boolean", remedy: #"Use the operator "IS TRUE" or "IS FALSE", without a value"#)
    case .some(let node):
      clause.report("value", "is \(node.typeName)", remedy: "Give text in quotes, or a whole number")
    }
    return nil
  }

  private static func report(
    _ error: ScopeClauseError,
    _ comparison: ClauseOperator,
    _ value: String,
    in clause: SettingsReader
  ) {
    let name = "\"\(comparison.rawValue)\""
    switch error {
    case .takesNoValue: clause.report("value", "has no meaning with \(name)", remedy: "Remove it")
    case .needsValue: clause.reportMissing("value", example: #"value = "Sales""#)
    case .neitherNumberNorTime:
      clause.report(
        "value",
        "\(quotation(value)) is neither a whole number nor a time, but \(name) compares these only",
        remedy: #"Write for example 1000, "2026-01-31" or "2026-01-31T12:00:00Z""#
      )
    case .pattern(let error):
      clause.report(
        "value",
        "\(quotation(value)) is not a regular expression: \(error)",
        remedy: "Correct it there; in double quotes a backslash is written twice, in single quotes once"
      )
    }
  }
}
