import Model

/// A resource as the service shows it.
struct RemoteResource: Sendable {
  let id: String
  let json: JSONValue

  /// Nil for what has no id.
  init?(_ json: JSONValue) {
    guard let id = json["id"]?.text, !id.isEmpty else { return nil }
    self.id = id
    self.json = json
  }

  /// Nil when absent, null or empty.
  var externalID: String? {
    json["externalId"]?.text.flatMap { $0.isEmpty ? nil : $0 }
  }

  func isOurs(_ guid: GUID) -> Bool {
    externalID?.lowercased() == guid.description
  }

  /// Whether it holds the element that the filter of the path picks, or, without a filter, the attribute at all.
  func holds(_ path: SCIMPath) -> Bool {
    path.filter == nil ? value(at: path) != nil : element(of: path) != nil
  }

  func value(at path: SCIMPath) -> JSONValue? {
    let parent = path.filter == nil ? attribute(of: path) : element(of: path)
    let value = path.subAttribute.map { parent?[$0] } ?? parent
    return value == .null ? nil : value
  }

  func elements(of path: SCIMPath) -> [JSONValue] {
    attribute(of: path)?.elements ?? []
  }

  private func attribute(of path: SCIMPath) -> JSONValue? {
    guard let schema = path.schema else { return json[path.attribute] }
    return json[schema]?[path.attribute]
  }

  private func element(of path: SCIMPath) -> JSONValue? {
    elements(of: path).first { path.filter?.picks($0) == true }
  }
}

extension ResourceValue {
  var json: JSONValue {
    switch self {
    case .string(let text): .string(text)
    case .boolean(let flag): .boolean(flag)
    case .strings(let texts): .array(texts.map(JSONValue.string))
    }
  }

  /// Whether the service shows this value; lists in any order.
  func isShown(as shown: JSONValue?) -> Bool {
    switch (self, shown) {
    case (.string(let text), let shown?): shown.text == text
    case (.boolean(let flag), .boolean(let shown)): shown == flag
    case (.strings(let texts), .array(let elements)):
      Set(texts) == Set(elements.compactMap { ($0["value"] ?? $0).text })
    default: false
    }
  }
}
