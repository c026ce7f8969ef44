import FoundationEssentials
import GRDB

extension Int64: ColumnValue {
  var stored: DatabaseValue { databaseValue }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard case .int64(let number) = stored.storage else { throw .wrongType }
    self = number
  }
}

extension Int: ColumnValue {
  var stored: DatabaseValue { Int64(self).stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard let number = Int(exactly: try Int64(stored: stored)) else { throw .outOfRange }
    self = number
  }
}

extension UInt32: ColumnValue {
  var stored: DatabaseValue { Int64(self).stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard let number = UInt32(exactly: try Int64(stored: stored)) else { throw .outOfRange }
    self = number
  }
}

extension Bool: ColumnValue {
  var stored: DatabaseValue { Int64(self ? 1 : 0).stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    switch try Int64(stored: stored) {
    case 0: self = false
    case 1: self = true
    default: throw .outOfRange
    }
  }
}

extension String: ColumnValue {
  /// GRDB hands text to SQLite as a C string, so that text with a NUL goes as a blob of its UTF-8 to be kept whole.
  var stored: DatabaseValue {
    utf8.contains(0) ? Array(utf8).stored : databaseValue
  }

  init(stored: DatabaseValue) throws(ColumnError) {
    switch stored.storage {
    case .string(let text): self = text
    case .blob(let data):
      guard let text = String(validating: data, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
      self = text
    default: throw .wrongType
    }
  }
}

extension [UInt8]: ColumnValue, RowDecodable {
  var stored: DatabaseValue { Data(self).databaseValue }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard case .blob(let data) = stored.storage else { throw .wrongType }
    self = Array(data)
  }
}
