import Engine
import Model

extension SCIMSession {
  /// All resources of the kind, page by page (RFC 7644 section 3.4.2.4).
  ///
  /// - Throws: `SinkUnavailable` unless the service showed as many as it says it has, and what `deliver` throws.
  func inventory(
    _ kind: ResourceKind,
    _ paths: Set<TargetPath>,
    deliver: @Sendable ([HeldResource]) async throws -> Void
  ) async throws {
    let parsed = paths.sorted().compactMap { path in SCIMPath(path).map { (path, $0) } }
    // Groups come with their members, of which a few may fill an answer.
    let size = kind == .group ? 20 : 200
    var shown: Set<String> = []
    var start = 1
    while true {
      let page = try await page(kind, from: start, count: size)
      let new = page.resources.filter { shown.insert($0.id).inserted }
      if !new.isEmpty { try await deliver(new.map { $0.held(parsed) }) }
      start += page.resources.count
      if start > page.total { break }
      guard !page.resources.isEmpty else { break }
    }
    guard shown.count >= start - 1 else {
      throw SinkUnavailable("\(client.endpoint) showed a resource twice, so that others may be missing; try again")
    }
  }

  private func page(
    _ kind: ResourceKind,
    from start: Int,
    count: Int
  ) async throws -> (resources: [RemoteResource], total: Int) {
    let answer: SCIMAnswer
    do throws(SCIMFailure) {
      answer = try await client.send("GET", "\(kind.collection)?startIndex=\(start)&count=\(count)")
    } catch {
      throw SinkUnavailable("\(client.endpoint)/\(kind.collection) cannot be listed: \(error.reason)")
    }
    guard answer.isSuccess, let json = answer.json, case .integer(let total)? = json["totalResults"] else {
      throw SinkUnavailable("\(client.endpoint)/\(kind.collection) cannot be listed: \(answer.refusal.reason)")
    }
    let listed = json["Resources"]?.elements ?? []
    let resources = listed.compactMap(RemoteResource.init)
    guard resources.count == listed.count, !resources.isEmpty || start > total else {
      throw SinkUnavailable("\(client.endpoint)/\(kind.collection) lists fewer resources than the \(total) it has")
    }
    return (resources, Int(clamping: total))
  }
}
