import Engine
import GRDB
import Model

extension LogAction: ColumnValue {}
extension LogStatus: ColumnValue {}

extension LogEntry: RowDecodable {
  static let columns =
    "id, sink_id, run_id, at, guid, kind, name, action, status, code, reason, cloud_id, changes, members"

  init(row: inout RowReader) throws {
    self.init(
      id: try row.next(),
      configuration: try row.next(),
      run: try row.next(),
      time: try row.next(),
      guid: try row.next(),
      kind: try row.next(),
      name: try row.next(),
      action: try row.next(),
      status: try row.next(),
      code: try row.next(),
      reason: try row.next(),
      remoteID: try row.next(),
      changes: try row.next(LoggedChanges?.self)?.list ?? [],
      members: try row.next()
    )
  }
}

/// NULL stands for none.
struct LoggedChanges: ColumnValue {
  let list: [AttributeChange]
  let stored: DatabaseValue

  init?(of entry: LogEntry) {
    guard !entry.changes.isEmpty else { return nil }
    list = entry.changes
    stored = entry.encodedChanges.stored
  }

  init(stored: DatabaseValue) throws(ColumnError) {
    self.stored = stored
    let bytes = try [UInt8](stored: stored)
    do { list = try LogEntry.changes(encoded: bytes) } catch { throw .malformed(error.description) }
  }
}

extension LoggedMembers: ColumnValue {
  var stored: DatabaseValue { encoded.stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    let bytes = try [UInt8](stored: stored)
    do { try self.init(encoded: bytes) } catch { throw .malformed(error.description) }
  }
}
