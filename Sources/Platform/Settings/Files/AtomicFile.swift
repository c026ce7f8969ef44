import Glibc

/// Replaces files so that after a crash either the old or the new content is there, whole.
enum AtomicFile {
  static func write(_ text: String, to name: String, in folder: String, mode: mode_t) throws(FileError) {
    // Hidden, so that a remnant of a crash is never taken for a settings file.
    let temporary = "\(folder)/.\(name).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    do throws(FileError) {
      let file = try FileDescriptor(opening: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
      try file.writeAll(Array(text.utf8))
      try file.setPermissions(mode)
      try file.synchronize()
      guard unsafe rename(temporary, "\(folder)/\(name)") == 0 else { throw FileError(code: errno) }
    } catch {
      if error.code != EEXIST { _ = unsafe unlink(temporary) }
      throw error
    }
    // The rename itself is durable only when its folder is.
    try FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY).synchronize()
  }
}
