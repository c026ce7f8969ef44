import Engine
import GRDB
import Model

extension ObjectClass: ColumnValue {}
extension ResourceKind: ColumnValue {}
extension LinkRecord.State: ColumnValue {}
extension LinkRecord.Presence: ColumnValue {}
extension ExportPhase: ColumnValue {}
extension Gate: ColumnValue {}
extension ReadMethod: ColumnValue {}
extension RunReason: ColumnValue {}
extension RunOutcome: ColumnValue {}

extension ObjectID: ColumnValue {
  var stored: DatabaseValue { rawValue.stored }
  init(stored: DatabaseValue) throws(ColumnError) { self.init(try Int64(stored: stored)) }
}

extension SourceID: ColumnValue {
  var stored: DatabaseValue { rawValue.stored }
  init(stored: DatabaseValue) throws(ColumnError) { self.init(try Int64(stored: stored)) }
}

extension ConfigurationID: ColumnValue {
  var stored: DatabaseValue { rawValue.stored }
  init(stored: DatabaseValue) throws(ColumnError) { self.init(try Int64(stored: stored)) }
}

extension Timestamp: ColumnValue {
  var stored: DatabaseValue { milliseconds.stored }
  init(stored: DatabaseValue) throws(ColumnError) { self.init(milliseconds: try Int64(stored: stored)) }
}

extension GUID: ColumnValue {
  var stored: DatabaseValue { bytes.stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard let guid = GUID(bytes: try [UInt8](stored: stored)) else { throw .malformed("it is not a GUID") }
    self = guid
  }
}

extension SID: ColumnValue {
  var stored: DatabaseValue { bytes.stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    guard let sid = SID(bytes: try [UInt8](stored: stored)) else { throw .malformed("it is not a SID") }
    self = sid
  }
}

extension DistinguishedName: ColumnValue {
  var stored: DatabaseValue { description.stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    let text = try String(stored: stored)
    do { try self.init(parsing: text) } catch { throw .malformed("it is not a distinguished name: \(error)") }
  }
}

extension Image: ColumnValue {
  var stored: DatabaseValue { encoded().stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    let bytes = try [UInt8](stored: stored)
    do { try self.init(encoded: bytes) } catch { throw .malformed(error.description) }
  }
}

extension KnownControllers: ColumnValue {
  var stored: DatabaseValue { encoded().stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    let bytes = try [UInt8](stored: stored)
    do { try self.init(encoded: bytes) } catch { throw .malformed(error.description) }
  }
}

extension Resource: ColumnValue {
  var stored: DatabaseValue { encoded().stored }

  init(stored: DatabaseValue) throws(ColumnError) {
    let bytes = try [UInt8](stored: stored)
    do { try self.init(encoded: bytes) } catch { throw .malformed(error.description) }
  }
}
