package import Model

/// A scope DN, bound to the object that stood there when the DN was first read.
package struct ScopeRoot: Hashable, Sendable {
  package let name: DistinguishedName
  package let isExcluded: Bool
  package let guid: GUID
  package let objectClass: ObjectClass

  package init(name: DistinguishedName, isExcluded: Bool, guid: GUID, objectClass: ObjectClass) {
    self.name = name
    self.isExcluded = isExcluded
    self.guid = guid
    self.objectClass = objectClass
  }
}
