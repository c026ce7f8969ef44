/// What a sink is to hold for one object, in the words of SCIM (RFC 7643) but bound to no protocol.
package struct Resource: Hashable, Sendable {
  package let kind: ResourceKind
  /// The objectGUID, which becomes the SCIM externalId: the same string for ever, whatever the object is called.
  package let externalID: GUID
  package var attributes: [TargetPath: ResourceValue]

  package init(kind: ResourceKind, externalID: GUID, attributes: [TargetPath: ResourceValue]) {
    self.kind = kind
    self.externalID = externalID
    self.attributes = attributes
  }

  /// Whether the account may be used; kinds without such a state are always active.
  package var isActive: Bool { attributes[.active] != .boolean(false) }

  /// What differs from `earlier`, sorted by path; nil as new value means removed.
  package func changes(from earlier: Resource?) -> [AttributeChange] {
    let before = earlier?.attributes ?? [:]
    return Set(attributes.keys).union(before.keys).sorted()
      .filter { attributes[$0] != before[$0] }
      .map { AttributeChange(path: $0, old: before[$0], new: attributes[$0]) }
  }
}

package enum ResourceKind: String, Sendable, CaseIterable {
  case user
  case group
  case organizationalUnit = "organizational-unit"
}

extension ResourceKind {
  /// Nil for what is never provisioned.
  package init?(_ objectClass: ObjectClass) {
    switch objectClass {
    case .user: self = .user
    case .group: self = .group
    case .organizationalUnit: self = .organizationalUnit
    default: return nil
    }
  }
}

/// A target attribute in the notation of RFC 7644 section 3.10, for example `emails[type eq "work"].value`.
package struct TargetPath: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(stringLiteral text: String) { self.init(text) }

  package static let active: TargetPath = "active"
  package static let userName: TargetPath = "userName"
  package static let displayName: TargetPath = "displayName"

  package static func < (left: TargetPath, right: TargetPath) -> Bool { left.text < right.text }
}

package enum ResourceValue: Hashable, Sendable {
  case string(String)
  case boolean(Bool)
  case strings([String])
}

/// One attribute of a resource before and after.
package struct AttributeChange: Hashable, Sendable {
  package let path: TargetPath
  package let old: ResourceValue?
  package let new: ResourceValue?

  package init(path: TargetPath, old: ResourceValue?, new: ResourceValue?) {
    self.path = path
    self.old = old
    self.new = new
  }
}
