import Model

/// A resource as the body of a POST.
struct ResourceDocument {
  let json: JSONValue

  init(_ resource: Resource) throws(SCIMFailure) {
    var core: [String: JSONValue] = [:]
    var extensions: [String: [String: JSONValue]] = [:]
    for (path, value) in resource.attributes.sorted(by: { $0.key < $1.key }) {
      let parsed = try SCIMPath.parsed(path)
      if let schema = parsed.schema {
        extensions[schema, default: [:]].insert(value.json, at: parsed)
      } else {
        core.insert(value.json, at: parsed)
      }
    }
    // Last: no mapping may change by what the object is known again.
    core["externalId"] = .string(resource.externalID.description)
    let schemas = [resource.kind.schema] + extensions.keys.sorted()
    core["schemas"] = .array(schemas.map(JSONValue.string))
    for (schema, attributes) in extensions { core[schema] = .object(attributes) }
    json = .object(core)
  }

  /// The element of a multi-valued attribute that the path's filter picks, with all that the resource says of it.
  static func element(of path: SCIMPath, in resource: Resource) -> JSONValue {
    var attributes: [String: JSONValue] = [:]
    for (other, value) in resource.attributes {
      guard let parsed = SCIMPath(other), parsed.element == path.element else { continue }
      attributes.insert(value.json, at: parsed)
    }
    return attributes[path.attribute]?.elements?.first ?? .null
  }
}

extension [String: JSONValue] {
  fileprivate mutating func insert(_ value: JSONValue, at path: SCIMPath) {
    guard let filter = path.filter else {
      self[path.attribute] = Self.merged(value, at: path.subAttribute, into: self[path.attribute])
      return
    }
    var elements = self[path.attribute]?.elements ?? []
    if let index = elements.firstIndex(where: filter.picks) {
      elements[index] = Self.merged(value, at: path.subAttribute ?? "value", into: elements[index])
    } else {
      let element = JSONValue.object([filter.attribute: filter.value])
      elements.append(Self.merged(value, at: path.subAttribute ?? "value", into: element))
    }
    self[path.attribute] = .array(elements)
  }

  private static func merged(_ value: JSONValue, at name: String?, into present: JSONValue?) -> JSONValue {
    guard let name else { return value }
    guard case .object(var members) = present else { return .object([name: value]) }
    members[name] = value
    return .object(members)
  }
}

extension SCIMPath {
  static func parsed(_ path: TargetPath) throws(SCIMFailure) -> SCIMPath {
    guard let parsed = SCIMPath(path) else {
      throw .rejected(code: "invalidPath", reason: "the mapping's target \(path.text) is no path that SCIM can be sent")
    }
    return parsed
  }
}

extension ResourceKind {
  var schema: String {
    self == .user ? "urn:ietf:params:scim:schemas:core:2.0:User" : "urn:ietf:params:scim:schemas:core:2.0:Group"
  }

  /// The endpoint of the kind (RFC 7644 section 3.2).
  var collection: String { self == .user ? "Users" : "Groups" }

  /// What besides the externalId tells one from another.
  var nameAttribute: TargetPath { self == .user ? .userName : .displayName }
}
