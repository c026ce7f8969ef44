import FoundationEssentials
import Model
import Testing

@testable import Settings

/// The table of docs/scope.md is what administrators rely on.
@Suite struct `Operators as documented` {
  private static func clause(_ cell: String) throws -> ScopeClause {
    let filter = "[[scope.filter]]\nclauses = [{ \(cell.dropFirst().dropLast()) }]\n\n[sink]"
    let settings = try ConfigurationFixture.parse(ConfigurationFixture.text.replacing("[sink]", with: filter))
    return try #require(settings.configuration.scope.filters.first?.clauses.first)
  }

  /// `-` is an object without a value.
  private static func images(_ cell: String, of attribute: AttributeName) -> [Image] {
    cell.components(separatedBy: " / ").map { object in
      let values = object == "-" ? [] : object.components(separatedBy: " + ")
      return Image([attribute: values.map { Array($0.utf8) }])
    }
  }

  private static func code(_ cell: String) -> String {
    cell.components(separatedBy: "`").dropFirst().first ?? ""
  }

  @Test func `hold for each example`() throws {
    let rows = try DocumentedTable.rows(of: "scope.md", under: "operator")
    try #require(rows.count >= ClauseOperator.allCases.count)
    for row in rows {
      try #require(row.count == 5, "\(row)")
      let clause = try Self.clause(row[2])
      #expect(clause.operator.rawValue == Self.code(row[0]), "\(row)")
      for image in Self.images(row[3], of: clause.attribute) {
        #expect(try clause.isSatisfied(by: image), "\(clause) is documented to be true for \(image)")
      }
      for image in Self.images(row[4], of: clause.attribute) {
        #expect(try !clause.isSatisfied(by: image), "\(clause) is documented to be false for \(image)")
      }
    }
  }

  @Test func `are all in the table, under the names that files use`() throws {
    let rows = try DocumentedTable.rows(of: "scope.md", under: "operator")
    #expect(Set(rows.map { Self.code($0[0]) }) == Set(ClauseOperator.allCases.map(\.rawValue)))
    let listed = try #require(try DocumentedTable.row(of: "configuration.md", named: "`operator`"))
    let names = listed[3].components(separatedBy: "`, `").map { $0.filter { $0 != "`" && $0 != "\"" } }
    #expect(names == ClauseOperator.allCases.map(\.rawValue))
  }
}
