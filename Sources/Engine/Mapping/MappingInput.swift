package import Model

/// What a mapping may draw from.
package struct MappingInput: Hashable, Sendable {
  package let guid: GUID
  package let kind: ResourceKind
  package let name: String
  package let parent: GUID?
  package let domain: String
  package let image: Image
  package let now: Timestamp

  package init(
    guid: GUID,
    kind: ResourceKind,
    name: String,
    parent: GUID?,
    domain: String,
    image: Image,
    now: Timestamp
  ) {
    self.guid = guid
    self.kind = kind
    self.name = name
    self.parent = parent
    self.domain = domain
    self.image = image
    self.now = now
  }
}

/// A required target has no value, so that no sink could take the resource.
package struct UnmappableObject: Error, Hashable, Sendable, CustomStringConvertible {
  package let target: TargetPath
  package let source: String

  package var description: String {
    "required target attribute \(target.text) has no value: the directory object lacks \(source)"
  }
}

extension Mapping {
  /// The resource that the object is to become. Sources without value leave their targets out.
  package func resource(for input: MappingInput) throws(UnmappableObject) -> Resource {
    let rules = rules[input.kind] ?? []
    var attributes: [TargetPath: ResourceValue] = [:]
    for rule in rules {
      attributes[rule.target] = rule.source.value(in: input)
    }
    let required: TargetPath = input.kind == .user ? .userName : .displayName
    guard attributes[required] != nil else {
      let sources = rules.filter { $0.target == required }.flatMap(\.source.attributes).map(\.folded)
      throw UnmappableObject(target: required, source: sources.joined(separator: " and "))
    }
    return Resource(kind: input.kind, externalID: input.guid, attributes: attributes)
  }
}

extension MappingSource {
  fileprivate func value(in input: MappingInput) -> ResourceValue? {
    switch self {
    case .attribute(let name): input.image.text(name).map(ResourceValue.string)
    case .constant(let value): value
    case .userPrincipalName: Self.userPrincipalName(in: input).map(ResourceValue.string)
    case .accountEnabled: .boolean(Self.isEnabled(input))
    case .displayName: .string(input.image.text("displayName") ?? input.name)
    case .name: .string(input.name)
    case .parent: input.parent.map { .string($0.description) }
    }
  }

  /// The directory says nothing when an account expires (MS-ADA1 2.2): that is for the clock to tell.
  private static func isEnabled(_ input: MappingInput) -> Bool {
    let control = UserAccountControl(rawValue: input.image.integer("userAccountControl") ?? 0)
    return !control.contains(.accountDisabled) && input.image.accountExpiry.map { $0 > input.now } ?? true
  }

  private static func userPrincipalName(in input: MappingInput) -> String? {
    input.image.text("userPrincipalName") ?? input.image.text("sAMAccountName").map { "\($0)@\(input.domain)" }
  }
}
