import ADSimulator
import LDAP
import Model

extension ReplicaView {
  /// The entry of a plain read.
  func entry(_ object: DirectoryObject, _ wanted: RequestedAttributes) -> LDAPEntry {
    let requests = wanted.areAll ? everything(of: object) : wanted.requests
    let attributes = requests.flatMap { $0.attributes(values($0.name, of: object), most: options.maxValRange) }
    return LDAPEntry(name: reference(to: object), attributes: attributes)
  }

  /// Without any name asked for: what is stored, and what belongs to every object.
  private func everything(of object: DirectoryObject) -> [RequestedAttributes.Request] {
    let stored = object.attributes.map { schema[$0.id].name }
    let links = Set(object.links.keys.map { schema[$0.attribute].name }).subtracting(stored).sorted()
    return (["objectGUID", "instanceType", "distinguishedName", "uSNChanged"] + stored + links).map { .init($0) }
  }
}
