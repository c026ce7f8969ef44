import Engine
import FileSink
import Foundation
import Model
import TestSupport

/// A folder of its own, removed at the end.
final class FileSinkFixture: Sendable {
  let folder: URL
  let time = ManualTime()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "adprov-file-sink-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  var path: String { folder.appending(path: "adprov.jsonl").path }

  func sink() -> FileSink { FileSink(path: path, time: time) }

  func openSink() async throws -> FileSink {
    let sink = sink()
    try await sink.open()
    return sink
  }

  var text: String {
    get throws { try String(contentsOfFile: path, encoding: .utf8) }
  }

  func write(_ text: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  static func delete(_ id: String, again: Bool = false) -> Engine.Operation {
    Engine.Operation(
      id: id,
      kind: .user,
      guid: .numbered(7),
      remoteID: nil,
      action: .delete,
      mayHaveApplied: again
    )
  }

  static func line(_ id: String) -> String {
    #"{"action":"delete","guid":"00000000-0000-0000-0000-000000000007","id":"\#(id)","kind":"user","#
      + #""time":"2027-01-15T08:00:00.000Z"}"# + "\n"
  }
}
