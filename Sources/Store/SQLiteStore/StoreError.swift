/// Why the store cannot be used, in words for the administrator. Never holds stored values.
package enum StoreError: Error, Hashable, Sendable {
  /// Another process (or another part of this one) has it open. `holder` is nil while that one is still starting.
  case locked(path: String, holder: Int32?)
  /// Written by a later version, which knows the named migrations.
  case newer(path: String, migrations: [String])
  /// A database of another program.
  case foreign(path: String)
  /// Not readable as what was written: the file as a whole or one value in it.
  case damaged(path: String, detail: String)
  /// The operating system refuses: rights, a missing folder, an I/O error.
  case unusable(path: String, detail: String)
  case full(path: String)
  /// A row that must exist does not: a fault of the caller, or of whoever changed the database by hand.
  case missing(what: String)
  case unexpected(path: String, detail: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .locked(let path, let holder?):
      "the store \(path) is in use by process \(holder). Stop that process first, or give this one a store of its own"
    case .locked(let path, nil):
      "the store \(path) is in use by another process. Stop that process first, or give this one a store of its own"
    case .newer(let path, let migrations):
      "the store \(path) was written by a newer version of adprov (it has \(migrations.joined(separator: ", "))). Install that version again, or restore a copy of the store from before the upgrade"
    case .foreign(let path):
      "\(path) is a database of another program. Set the path of the store to a file of its own"
    case .damaged(let path, let detail):
      "the store \(path) is damaged: \(detail). Restore a copy, or move the file away: the directory is then read again and the cloud objects are matched anew"
    case .unusable(let path, let detail):
      "the store \(path) cannot be used: \(detail). Check that the folder exists and belongs to the user of adprovd, and the state of the disk"
    case .full(let path):
      "no space is left for the store \(path). Free some space on that file system; nothing was lost"
    case .missing(let what):
      "the store has no \(what)"
    case .unexpected(let path, let detail):
      "the store \(path) failed: \(detail)"
    }
  }
}
