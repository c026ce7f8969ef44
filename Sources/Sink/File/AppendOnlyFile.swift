import Glibc

/// A regular file that this process alone appends to.
final class AppendOnlyFile {
  private let path: String
  private let descriptor: CInt

  init(path: String) throws(FileFailure) {
    self.path = path
    descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    guard descriptor >= 0 else { throw FileFailure("open", path, code: errno) }
    do throws(FileFailure) {
      guard let status = Self.status(of: descriptor), status.st_mode & S_IFMT == S_IFREG else {
        throw FileFailure("cannot write to \(path): it is no regular file; choose another path")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw FileFailure("cannot write to \(path): another process or configuration does; give each a file of its own")
      }
      try syncFolder()
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  deinit {
    // A child that is being started shares the lock until it becomes another program.
    flock(descriptor, LOCK_UN)
    Glibc.close(descriptor)
  }

  /// False after the file was renamed or removed.
  var isStillAtItsPath: Bool {
    var there = stat()
    guard let here = Self.status(of: descriptor), unsafe stat(path, &there) == 0 else { return false }
    return here.st_dev == there.st_dev && here.st_ino == there.st_ino
  }

  /// Durable when it returns. When it throws, nothing was added, unless the error says that this is unknown.
  func append(_ bytes: [UInt8]) throws(FileFailure) {
    guard !bytes.isEmpty else { return }
    let before = try size()
    do throws(FileFailure) {
      try write(bytes)
      guard fdatasync(descriptor) == 0 else { throw FileFailure("write to the disk", path, code: errno) }
    } catch {
      var failure = error
      failure.isOutcomeUnknown = ftruncate(descriptor, before) != 0 || fdatasync(descriptor) != 0
      throw failure
    }
  }

  func size() throws(FileFailure) -> Int {
    guard let status = Self.status(of: descriptor) else { throw FileFailure("examine", path, code: errno) }
    return status.st_size
  }

  /// Fills `count` bytes from `offset` on.
  func read(_ count: Int, at offset: Int) throws(FileFailure) -> [UInt8] {
    var failure: CInt = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = unsafe pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    guard failure == 0 else { throw FileFailure("read", path, code: failure) }
    return bytes
  }

  func truncate(to size: Int) throws(FileFailure) {
    guard ftruncate(descriptor, size) == 0, fdatasync(descriptor) == 0 else {
      throw FileFailure("repair", path, code: errno)
    }
  }

  private func write(_ bytes: [UInt8]) throws(FileFailure) {
    let failure = unsafe bytes.withUnsafeBytes { buffer -> CInt in
      var done = 0
      while done < buffer.count {
        let written = unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        done += written
      }
      return 0
    }
    guard failure == 0 else { throw FileFailure("write to", path, code: failure) }
  }

  /// A new file is lasting only when its folder's entry for it is.
  private func syncFolder() throws(FileFailure) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let entry = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder may admit writing but no reading; then the system's own habits must do.
    guard entry >= 0 else { return }
    defer { Glibc.close(entry) }
    guard fsync(entry) == 0 || errno == EINVAL else { throw FileFailure("write to the disk", folder, code: errno) }
  }

  private static func status(of descriptor: CInt) -> stat? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? status : nil
  }
}
