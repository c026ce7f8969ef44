import GRDB

/// A value as one column holds it, read back with the suspicion that a damaged database deserves: GRDB's own
/// conversions end the process on a value that does not fit.
protocol ColumnValue: RowDecodable {
  var stored: DatabaseValue { get }
  init(stored: DatabaseValue) throws(ColumnError)
}

/// What is wrong with a stored value; never the value itself.
enum ColumnError: Error {
  case wrongType
  case outOfRange
  case malformed(String)

  var reason: String {
    switch self {
    case .wrongType: "it has the wrong type"
    case .outOfRange: "it is out of range"
    case .malformed(let reason): reason
    }
  }
}

extension Optional: RowDecodable where Wrapped: ColumnValue {}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  var stored: DatabaseValue { self?.stored ?? .null }

  init(stored: DatabaseValue) throws(ColumnError) {
    self = stored.isNull ? nil : try Wrapped(stored: stored)
  }
}

extension ColumnValue where Self: RawRepresentable, RawValue: ColumnValue {
  var stored: DatabaseValue { rawValue.stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard let value = Self(rawValue: try RawValue(stored: stored)) else { throw .outOfRange }
    self = value
  }
}
