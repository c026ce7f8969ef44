import Glibc

/// The files of one store on disk. They hold personal data, so that only their owner may read them.
enum StoreFiles {
  /// Makes the folder of the database if only that one is missing.
  static func prepareFolder(of database: String) throws(StoreError) {
    guard let slash = database.lastIndex(of: "/"), slash > database.startIndex else { return }
    let folder = String(database[..<slash])
    if unsafe mkdir(folder, 0o700) == 0 {
      guard unsafe chmod(folder, 0o700) == 0 else { throw .unusable(path: folder, detail: lastSystemError()) }
    } else if errno != EEXIST {
      throw .unusable(path: folder, detail: lastSystemError())
    }
  }

  /// Makes the database file, empty, before SQLite would: SQLite then gives its -wal and -shm files the same mode.
  /// Those left by a crash, or put there by a restore, are narrowed.
  static func prepare(_ database: String) throws(StoreError) {
    _ = try FileDescriptor(privateFile: database)
    for path in [database + "-wal", database + "-shm"] {
      guard unsafe chmod(path, 0o600) == 0 || errno == ENOENT else {
        throw .unusable(path: path, detail: lastSystemError())
      }
    }
  }
}
