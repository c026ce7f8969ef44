import Engine
import GRDB

/// The store as seen from within one transaction of SQLite: a read-only snapshot, or the only write.
///
/// Every statement is prepared once per connection and kept; their texts are constants and values are always bound.
/// INDEXED BY names the index wherever a wrong guess of the planner, which has no statistics, would visit a whole
/// domain, and CROSS JOIN keeps the table with the few rows in the outer loop.
/// Conformance to the ports is spread over the extensions, one per part of the schema.
struct SQLiteTransaction: StoreWriter {
  let database: Database

  /// Gives the number of rows changed.
  @discardableResult
  func execute(_ sql: String, _ values: any ColumnValue...) throws -> Int {
    try statement(sql, values).execute()
    return database.changesCount
  }

  /// Gives the id of the new row.
  func insert(_ sql: String, _ values: any ColumnValue...) throws -> Int64 {
    try statement(sql, values).execute()
    return database.lastInsertedRowID
  }

  func first<Value: RowDecodable>(_ sql: String, _ values: any ColumnValue...) throws -> Value? {
    try first(statement(sql, values))
  }

  func all<Value: RowDecodable>(_ sql: String, _ values: any ColumnValue...) throws -> [Value] {
    let rows = try Row.fetchCursor(statement(sql, values))
    var list: [Value] = []
    while let row = try rows.next() {
      var reader = RowReader(row)
      list.append(try Value(row: &reader))
    }
    return list
  }

  /// The answer of a query that always gives a row.
  func value<Value: RowDecodable>(_ sql: String, _ values: any ColumnValue...) throws -> Value {
    guard let value: Value = try first(statement(sql, values)) else {
      throw DamagedColumn(detail: "a row that is always there is missing")
    }
    return value
  }

  private func first<Value: RowDecodable>(_ statement: Statement) throws -> Value? {
    let rows = try Row.fetchCursor(statement)
    // The row is a view of the cursor, which resets the statement when it goes away.
    return try withExtendedLifetime(rows) {
      guard let row = try rows.next() else { return nil }
      var reader = RowReader(row)
      return try Value(row: &reader)
    }
  }

  private func statement(_ sql: String, _ values: [any ColumnValue]) throws -> Statement {
    let statement = try database.cachedStatement(sql: sql)
    statement.setUncheckedArguments(StatementArguments(values.map(\.stored)))
    return statement
  }
}
