import FoundationEssentials
import Glibc

/// A folder of its own for a test, removed with it.
final class ScratchFolder {
  let root: String

  init() throws {
    root = FileManager.default.temporaryDirectory.path + "/adprov-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  func write(_ text: String, to name: String, mode: mode_t = 0o644) throws {
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    guard unsafe chmod(path(name), mode) == 0 else { throw FolderError() }
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  func mode(of name: String) throws -> UInt32 {
    var status = stat()
    guard unsafe stat(path(name), &status) == 0 else { throw FolderError() }
    return status.st_mode & 0o7777
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root).sorted()
  }

  private struct FolderError: Error {}
}
