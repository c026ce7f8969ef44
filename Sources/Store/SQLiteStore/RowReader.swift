import GRDB

/// What can be made from the next columns of a row.
protocol RowDecodable {
  init(row: inout RowReader) throws
}

/// Goes through the columns of one row from left to right, in the order in which the query names them.
struct RowReader {
  private let row: Row
  private var column = 0

  init(_ row: Row) {
    self.row = row
  }

  mutating func next<Value: ColumnValue>(_ type: Value.Type = Value.self) throws -> Value {
    defer { column += 1 }
    do {
      return try Value(stored: row[column])
    } catch {
      let name = Array(row.columnNames)[column]
      throw DamagedColumn(detail: "a stored value of column \(name) cannot be read, as \(error.reason)")
    }
  }
}

/// Becomes a `StoreError` where the path of the store is known.
struct DamagedColumn: Error {
  let detail: String
}

extension ColumnValue {
  init(row: inout RowReader) throws {
    self = try row.next()
  }
}
