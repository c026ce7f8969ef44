package import Engine
import Model

/// Writes every operation as a line of JSON to a file; `FileSinkLine` says how a line looks.
///
/// A line counts as written once it is on the disk: one fdatasync for each batch. What is written is never changed, so the
/// file can be read while it grows, and rotated by renaming: the next `open` begins a new one. An operation of unknown
/// outcome is not written again when its line is among the last of the file; past a rotation during a crash it may be, with
/// the same id.
package actor FileSink: Sink {
  package nonisolated let capabilities = SinkCapabilities(
    kinds: [.user, .group, .organizationalUnit],
    batchSize: 256,
    memberChunk: 1000
  )
  private let path: String
  private let time: any TimeSource
  private var file: AppendOnlyFile?
  private var written = RecentIDs()
  private var isClosed = false

  package init(path: String, time: any TimeSource) {
    self.path = path
    self.time = time
  }

  package func open() async throws(SinkUnavailable) {
    isClosed = false
    if let file, file.isStillAtItsPath { return }
    do throws(FileFailure) {
      file = nil
      let opened = try AppendOnlyFile(path: path)
      try opened.cutTornLine()
      for line in try opened.lastLines(atMost: RecentIDs.capacity) { written.insert(FileSinkLine.id(ofLine: line)) }
      file = opened
    } catch {
      throw SinkUnavailable(error.description)
    }
  }

  package func apply(_ operations: [Operation]) async -> [OperationOutcome] {
    if Task.isCancelled { return operations.map { _ in .notSent(pause: nil) } }
    guard let file else {
      let reason = SinkUnavailable(isClosed ? "the file sink \(path) is closed" : "the file sink \(path) is not open")
      return operations.map { _ in .unavailable(reason) }
    }
    let unwritten = operations.filter { !($0.mayHaveApplied && written.contains($0.id)) }
    do throws(FileFailure) {
      let now = time.now()
      var bytes: [UInt8] = []
      for operation in unwritten { bytes += try FileSinkLine(operation, at: now).encoded() }
      try file.append(bytes)
    } catch {
      if error.isOutcomeUnknown {
        // What the file holds now is found out by the next `open`.
        self.file = nil
        return operations.map { _ in .unknown(reason: error.description) }
      }
      return operations.map { _ in .unavailable(SinkUnavailable(error.description)) }
    }
    for operation in unwritten { written.insert(operation.id) }
    return operations.map { operation in
      if case .delete = operation.action { return .done(remoteID: nil) }
      return .done(remoteID: operation.guid.description)
    }
  }

  package func close() async {
    file = nil
    isClosed = true
  }
}
