import Foundation
import Glibc
import HTTPTransport

enum ChildProcess {
  /// Runs a program to its end and gives its output.
  @discardableResult
  static func run(
    _ program: String,
    _ arguments: [String],
    environment: [String: String] = [:]
  ) async throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Into files: a full pipe would stop the program.
    let folder = FileManager.default.temporaryDirectory.appending(path: "adprov-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try await process.runToEnd()
    return Output(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8)
    )
  }

  /// Waits until the file, which need not be there yet, holds so many lines that fit, by following it as it grows.
  static func waitForLines(_ count: Int, like pattern: String, in file: String) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    // Its output is taken, since grep reads on for ever when it goes to /dev/null.
    let follow = "count=$(grep -m \"$1\" -c -e \"$2\" < <(exec tail -n +1 -F \"$0\"))"
    process.arguments = ["-c", follow, file, "\(count)", pattern]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try await process.runToEnd()
  }

  struct Output {
    let status: Int32
    let output: String
    let errors: String
  }
}

extension Process {
  /// Threads of Swift's pool block signals, and a child inherits that: a server would then not hear SIGTERM.
  func runHearingSignals() throws {
    var none = sigset_t()
    var usual = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &usual, nil) }
    try run()
  }

  /// Without holding up a thread of Swift's pool, of which there are only as many as cores.
  func runToEnd() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      terminationHandler = { _ in continuation.resume() }
      do {
        try runHearingSignals()
      } catch {
        terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }
}

struct InstallationError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// One transport for all tests of this target.
enum Transport {
  static func shared() throws -> CurlTransport { try instance.get() }

  private static let instance = Result { try CurlTransport() }
}
