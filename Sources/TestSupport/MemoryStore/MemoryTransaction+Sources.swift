import Engine
import Model

extension MemoryTransaction {
  func source(domain: String) throws -> SourceRecord? {
    state.sources.values.first { $0.domain == domain.lowercased() }
  }

  func source(_ id: SourceID) throws -> SourceRecord? {
    state.sources[id]
  }

  func registerSource(domain: String) throws -> SourceRecord {
    if let known = try source(domain: domain) { return known }
    let source = SourceRecord(id: SourceID(Int64(state.sources.count) + 1), domain: domain.lowercased())
    set(\.sources, source.id, source)
    return source
  }

  func update(_ source: SourceRecord) throws {
    try requireSource(source.id)
    set(\.sources, source.id, source)
  }

  func configuration(named name: String) throws -> ConfigurationRecord? {
    state.configurations.values.first { $0.name == name }
  }

  func configurations() throws -> [ConfigurationRecord] {
    state.configurations.values.sorted { $0.id < $1.id }
  }

  func configurations(in source: SourceID) throws -> [ConfigurationRecord] {
    state.configurations.values.filter { $0.source == source }.sorted { $0.id < $1.id }
  }

  func registerConfiguration(named name: String, source: SourceID) throws -> ConfigurationRecord {
    let known = try configuration(named: name)
    if let known, known.source == source { return known }
    try requireSource(source)
    if let known { forget(known.id) }
    let id = known?.id ?? ConfigurationID(Int64(state.configurations.count) + 1)
    let record = ConfigurationRecord(id: id, name: name, source: source)
    set(\.configurations, id, record)
    return record
  }

  private func forget(_ id: ConfigurationID) {
    set(\.scopeRoots, id, nil)
    for (key, row) in state.withdrawals where row.configuration == id { set(\.withdrawals, key, nil) }
    for row in state.memberLinks.keys where row.configuration == id { dropMemberLink(row) }
    for row in state.links.keys where row.configuration == id { dropLink(row) }
    for row in state.dirtyObjects.values.joined() where row.configuration == id {
      remove(row, from: \.dirtyObjects, row.object)
    }
  }

  func update(_ configuration: ConfigurationRecord) throws {
    try requireConfiguration(configuration.id)
    try requireSource(configuration.source)
    set(\.configurations, configuration.id, configuration)
  }

  func scopeRoots(of configuration: ConfigurationID) throws -> [ScopeRoot] {
    state.scopeRoots[configuration] ?? []
  }

  func replaceScopeRoots(of configuration: ConfigurationID, with roots: [ScopeRoot]) throws {
    try requireConfiguration(configuration)
    set(\.scopeRoots, configuration, roots)
  }

  func requireSource(_ id: SourceID) throws {
    guard state.sources[id] != nil else { throw MemoryStoreError("no source \(id.rawValue)") }
  }

  func requireConfiguration(_ id: ConfigurationID) throws {
    guard state.configurations[id] != nil else { throw MemoryStoreError("no configuration \(id.rawValue)") }
  }
}
