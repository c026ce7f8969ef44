import Glibc

/// Keeps every other process, and every other store of this process, away from one database.
///
/// It is a `flock` on a file beside the database: the kernel releases it when the process ends, however it ends. The
/// file itself stays, and its content is only for the message that the next one gets.
struct StoreLock: ~Copyable {
  private let descriptor: FileDescriptor

  /// Throws `StoreError.locked` at once when somebody else holds it.
  init(for database: String) throws(StoreError) {
    let path = database + ".lock"
    let descriptor = try FileDescriptor(privateFile: path)
    guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw .unusable(path: path, detail: lastSystemError()) }
      throw .locked(path: database, holder: Self.holder(in: descriptor))
    }
    try Self.write("\(getpid())\n", to: descriptor, path: path)
    self.descriptor = descriptor
  }

  deinit {
    // A child that is being started shares the lock until it becomes another program.
    flock(descriptor.rawValue, LOCK_UN)
  }

  private static func write(_ text: String, to descriptor: borrowing FileDescriptor, path: String) throws(StoreError) {
    let bytes = Array(text.utf8)
    guard ftruncate(descriptor.rawValue, 0) == 0,
      unsafe pwrite(descriptor.rawValue, bytes, bytes.count, 0) == bytes.count
    else { throw .unusable(path: path, detail: lastSystemError()) }
  }

  /// Nil when the holder has not written its number yet.
  private static func holder(in descriptor: borrowing FileDescriptor) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(descriptor.rawValue, &bytes, bytes.count, 0)
    guard count > 0, let line = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").first
    else { return nil }
    return Int32(line)
  }
}
