import Engine
import Model

extension MemoryTransaction {
  func link(_ object: ObjectID, _ configuration: ConfigurationID) throws -> LinkRecord? {
    state.links[LinkKey(configuration, object)]
  }

  func links(_ configuration: ConfigurationID, after last: ObjectID?, limit: Int) throws -> [LinkRecord] {
    let links = state.links.values.filter { link in
      link.configuration == configuration && last.map { $0 < link.object } ?? true
    }
    return Array(links.sorted { $0.object < $1.object }.prefix(limit))
  }

  func foreignObjects(linkedBy configuration: ConfigurationID) throws -> [ObjectID] {
    guard let source = state.configurations[configuration]?.source else { return [] }
    return state.links.keys.filter { $0.configuration == configuration && state.objects[$0.object]?.source != source }
      .map(\.object).sorted()
  }

  func hasLinks(of kind: ResourceKind, _ configuration: ConfigurationID) throws -> Bool {
    state.links.values.contains { $0.configuration == configuration && $0.kind == kind }
  }

  func link(remoteID: String, _ configuration: ConfigurationID) throws -> LinkRecord? {
    state.links.values.filter { $0.configuration == configuration && $0.remoteID == remoteID }
      .min { $0.object < $1.object }
  }

  func pendingLinks(
    _ configuration: ConfigurationID,
    phase: ExportPhase,
    at now: Timestamp,
    limit: Int
  ) throws -> [LinkRecord] {
    openLinks(configuration, limit) { $0.phase == phase && $0.isEligible(at: now) }
  }

  func hasLeftTraces(_ configuration: ConfigurationID) throws -> Bool {
    state.links.values.contains {
      $0.configuration == configuration && ($0.confirmed != nil || $0.isUncertain || $0.state == .inflight)
    }
  }

  func inflightLinks(_ configuration: ConfigurationID, limit: Int) throws -> [LinkRecord] {
    openLinks(configuration, limit) { $0.state == .inflight }
  }

  private func openLinks(
    _ configuration: ConfigurationID,
    _ limit: Int,
    where condition: (LinkRecord) -> Bool
  ) -> [LinkRecord] {
    let links = (state.openLinks[configuration] ?? []).compactMap { state.links[LinkKey(configuration, $0)] }
    return Array(links.filter(condition).sorted { $0.object < $1.object }.prefix(limit))
  }

  func save(_ link: LinkRecord) throws {
    try requireObject(link.object)
    try requireConfiguration(link.configuration)
    set(\.links, LinkKey(link.configuration, link.object), link)
    if link.state == .idle {
      remove(link.object, from: \.openLinks, link.configuration)
    } else {
      insert(link.object, into: \.openLinks, link.configuration)
    }
    if link.gate == .open {
      remove(link.object, from: \.gatedLinks, link.configuration)
    } else {
      insert(link.object, into: \.gatedLinks, link.configuration)
    }
  }

  func removeLink(_ object: ObjectID, _ configuration: ConfigurationID) throws {
    dropLink(LinkKey(configuration, object))
  }

  func dropLink(_ key: LinkKey) {
    set(\.links, key, nil)
    remove(key.object, from: \.openLinks, key.configuration)
    remove(key.object, from: \.gatedLinks, key.configuration)
  }
}

extension LinkRecord {
  fileprivate func isEligible(at now: Timestamp) -> Bool {
    guard gate.isPassable else { return false }
    return switch state {
    case .pending: notBefore.map { $0 <= now } ?? true
    case .escrow: notBefore.map { $0 <= now } ?? false
    case .idle, .inflight: false
    }
  }
}
