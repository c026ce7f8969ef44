package import Engine
package import Model
package import Oracle

/// The domain under a simulation: some domain controllers, by number, that replicate when they are told to.
package protocol Forest: Sendable {
  var controllers: [Int] { get }
  /// The head of the naming context.
  var root: GUID { get }

  /// What a new process reads it with.
  func connect() async -> any Directory

  /// - Returns: the object that was written; nil when the domain controller refuses, or is stopped.
  func write(_ change: DirectoryWrite, at controller: Int) async -> GUID?
  func state(at controller: Int) async -> DirectoryState
  /// Differs when `state(at:)` may differ.
  func revision(at controller: Int) async -> Int

  func replicate(from source: Int, to target: Int) async
  func replicateAll() async
  func advance(by duration: Duration) async

  func stop(_ controller: Int) async
  func start(_ controller: Int) async
  func takeSnapshot(of controller: Int) async
  /// To the snapshot: without a word (USN rollback), or as a restore from backup does it, with a new invocationId.
  func goBack(_ controller: Int, isRestore: Bool) async
  /// For the next answers of a domain controller.
  func inject(_ fault: DirectoryFault, at controller: Int) async
  func endFaults() async
}

package enum DirectoryFault: Sendable, Hashable {
  /// The connection breaks after that many entries.
  case dropAfter(Int)
  case rejectCookies
  case repeats
}
