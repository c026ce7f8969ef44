internal import CSystemd
import Glibc

/// The journal of this machine.
enum Journal {
  /// Adds an entry. Nothing can be done about a failure, and a daemon must not stop for its log.
  @Sendable static func send(_ fields: [JournalField]) {
    // All fields lie in one buffer, so that one pointer is good for all of them.
    let lines = fields.map { Array("\($0.name)=\($0.value)".utf8) }
    var buffer = lines.flatMap(\.self)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      var vectors: [iovec] = unsafe []
      var offset = 0
      for line in lines {
        unsafe vectors.append(iovec(iov_base: start + offset, iov_len: line.count))
        offset += line.count
      }
      _ = unsafe sd_journal_sendv(vectors, CInt(vectors.count))
    }
  }

  /// Whether stderr leads to the journal, which systemd tells by device and inode (systemd.exec(5), JOURNAL_STREAM).
  static func isBehindStandardError(journalStream: String?) -> Bool {
    guard let parts = journalStream?.split(separator: ":"), parts.count == 2,
      let device = UInt64(parts[0]), let inode = UInt64(parts[1])
    else { return false }
    var status = stat()
    guard unsafe fstat(STDERR_FILENO, &status) == 0 else { return false }
    return UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode
  }
}
