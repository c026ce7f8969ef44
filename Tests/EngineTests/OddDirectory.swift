import Engine
import Model
import TestSupport

/// A directory in which something happens at the moment of a question.
struct OddDirectory: Directory {
  let directory: FakeDirectory
  let onLocate: @Sendable (DistinguishedName) async throws -> Void
  let onChanges: @Sendable () async throws -> Void

  init(
    _ directory: FakeDirectory,
    onChanges: @escaping @Sendable () async throws -> Void = {},
    onLocate: @escaping @Sendable (DistinguishedName) async throws -> Void = { _ in }
  ) {
    self.directory = directory
    self.onLocate = onLocate
    self.onChanges = onChanges
  }

  func describe() async throws -> DirectoryDescription { try await directory.describe() }
  func changes(
    since cookie: [UInt8]?,
    attributes: Set<AttributeName>,
    deliver: @Sendable ([DirectoryChange]) async throws -> Void
  ) async throws -> ChangesEnd {
    try await onChanges()
    return try await directory.changes(since: cookie, attributes: attributes, deliver: deliver)
  }
  func pulse() async throws -> DirectoryPulse { try await directory.pulse() }
  func read(
    _ guids: [GUID],
    attributes: Set<AttributeName>,
    notBehind cookie: [UInt8]?
  ) async throws -> [GUID: DirectoryChange?] {
    try await directory.read(guids, attributes: attributes, notBehind: cookie)
  }
  func locate(_ name: DistinguishedName) async throws -> LocatedObject? {
    try await onLocate(name)
    return try await directory.locate(name)
  }
  func disconnect() async {}
}
