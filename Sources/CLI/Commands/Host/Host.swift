import FoundationEssentials
import Glibc

/// What a verb may learn about the machine that it runs on.
package struct Host: Sendable {
  package var environment: [String: String]
  package var workingDirectory: String
  /// The text of a file; nil when it cannot be read or is not UTF-8.
  package var readFile: @Sendable (String) -> String?
  /// The full name of the machine, as `hostname -f` says it.
  package var fullName: @Sendable () -> String?

  package init(
    environment: [String: String],
    workingDirectory: String,
    readFile: @escaping @Sendable (String) -> String?,
    fullName: @escaping @Sendable () -> String?
  ) {
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.readFile = readFile
    self.fullName = fullName
  }

  static var this: Host {
    Host(
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: FileManager.default.currentDirectoryPath,
      readFile: { try? String(contentsOfFile: $0, encoding: .utf8) },
      fullName: resolveFullName
    )
  }

  /// The daemon has a working directory of its own, so it is only sent absolute paths.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
  }

  @Sendable private static func resolveFullName() -> String? {
    let name = ProcessInfo.processInfo.hostName
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_CANONNAME
    var found: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(name, nil, &hints, &found) == 0 else { return name }
    defer { unsafe freeaddrinfo(found) }
    return unsafe found?.pointee.ai_canonname.map { unsafe String(cString: $0) } ?? name
  }
}
