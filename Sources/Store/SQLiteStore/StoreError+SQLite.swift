import GRDB

extension StoreError {
  init(_ error: any Error, path: String) {
    self =
      switch error {
      case let error as StoreError: error
      case let error as DatabaseError:
        StoreError(code: error.extendedResultCode.rawValue, message: error.message ?? "no reason given", path: path)
      case let error as DamagedColumn: .damaged(path: path, detail: error.detail)
      default: .unexpected(path: path, detail: "\(error)")
      }
  }

  /// What a result code of SQLite (<https://www.sqlite.org/rescode.html>), plain or extended, means for a person.
  package init(code: Int32, message: String, path: String) {
    let detail = "\(message) (SQLite error \(code))"
    self =
      switch ResultCode(rawValue: code & 0xFF) {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, detail: detail)
      case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_AUTH:
        .unusable(path: path, detail: detail)
      default: .unexpected(path: path, detail: detail)
      }
  }
}
