import Engine
import Model

extension RemoteResource {
  /// What the engine compares with what it confirmed, as far as mappings make it.
  func held(_ paths: [(TargetPath, SCIMPath)]) -> HeldResource {
    var attributes: [TargetPath: ResourceValue] = [:]
    for (path, parsed) in paths { attributes[path] = value(at: parsed).flatMap(ResourceValue.init) }
    return HeldResource(
      remoteID: id,
      externalID: externalID.flatMap { GUID($0) },
      attributes: attributes,
      members: (json["members"]?.elements ?? []).compactMap { $0["value"]?.text }
    )
  }
}

extension ResourceValue {
  /// Nil for what no mapping makes.
  fileprivate init?(_ shown: JSONValue) {
    switch shown {
    case .boolean(let flag): self = .boolean(flag)
    case .string(let text): self = .string(text)
    case .integer, .number:
      guard let text = shown.text else { return nil }
      self = .string(text)
    case .array(let elements): self = .strings(elements.compactMap { ($0["value"] ?? $0).text })
    case .null, .object: return nil
    }
  }
}
