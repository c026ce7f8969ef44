/// One operation of a PATCH (RFC 7644 section 3.5.2): lower-case verb, full path.
struct PatchOperation: Hashable, Sendable {
  enum Verb: String, Sendable {
    case add, remove, replace
  }

  let verb: Verb
  let path: String
  let value: JSONValue?

  init(_ verb: Verb, _ path: String, _ value: JSONValue? = nil) {
    self.verb = verb
    self.path = path
    self.value = value
  }

  static func body(_ operations: [PatchOperation]) -> JSONValue {
    .object([
      "schemas": .array([.string("urn:ietf:params:scim:api:messages:2.0:PatchOp")]),
      "Operations": .array(operations.map(\.json)),
    ])
  }

  private var json: JSONValue {
    var members: [String: JSONValue] = ["op": .string(verb.rawValue), "path": .string(path)]
    members["value"] = value
    return .object(members)
  }
}
