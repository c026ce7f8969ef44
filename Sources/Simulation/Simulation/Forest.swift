package import Engine
package import Model
package import Oracle

/// The domains under a simulation, one or two: some domain controllers, numbered through, that replicate within their
/// domain when they are told to.
package protocol Forest: Sendable {
  /// DNS names; a domain's number is its place here.
  var domains: [String] { get }
  var controllers: [Int] { get }
  func domain(of controller: Int) -> Int
  /// The head of the naming context.
  func root(of domain: Int) -> GUID

  /// What a new process reads a domain with.
  func connect(to domain: Int) async -> any Directory

  /// - Returns: the object that was written; nil when the domain controller refuses, or is stopped.
  func write(_ change: DirectoryWrite, at controller: Int) async -> GUID?
  /// Of the controller's own domain only.
  func state(at controller: Int) async -> DirectoryState
  /// Differs when `state(at:)` may differ.
  func revision(at controller: Int) async -> Int

  /// Nothing happens between domains.
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

extension Forest {
  func controllers(of domain: Int) -> [Int] { controllers.filter { self.domain(of: $0) == domain } }
}

package enum DirectoryFault: Sendable, Hashable {
  /// The connection breaks after that many entries.
  case dropAfter(Int)
  case rejectCookies
  case repeats
}
