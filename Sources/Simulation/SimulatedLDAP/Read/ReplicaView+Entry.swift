import ADSimulator
import LDAP
import Model

extension ReplicaView {
  /// The entry of a plain read. Of an attribute with too many values it has the first, or those asked for, with the range
  /// that they are (MS-ADTS 3.1.1.3.1.3.3).
  func entry(_ object: DirectoryObject, _ wanted: RequestedAttributes) -> LDAPEntry {
    let requests = wanted.areAll ? everything(of: object) : wanted.requests
    var attributes: [LDAPAttribute] = []
    for request in requests {
      let values = values(request.name, of: object)
      if request.hasRange {
        attributes += block(request, values)
      } else if values.count > options.maxValRange {
        attributes += [LDAPAttribute(request.text, [])] + block(request, values)
      } else if !values.isEmpty {
        attributes.append(LDAPAttribute(request.text, values))
      }
    }
    return LDAPEntry(name: reference(to: object), attributes: attributes)
  }

  private func block(_ request: RequestedAttributes.Request, _ values: [[UInt8]]) -> [LDAPAttribute] {
    guard request.lower < values.count else { return [] }
    let most = request.lower + options.maxValRange
    let end = min(values.count, most, request.upper.map { $0 + 1 } ?? most)
    guard request.lower < end else { return [] }
    let upper = end == values.count ? "*" : "\(end - 1)"
    return [LDAPAttribute("\(request.text);range=\(request.lower)-\(upper)", Array(values[request.lower..<end]))]
  }

  /// Without any name asked for: what is stored, and what belongs to every object.
  private func everything(of object: DirectoryObject) -> [RequestedAttributes.Request] {
    let stored = object.attributes.map { schema[$0.id].name }
    let links = Set(object.links.keys.map { schema[$0.attribute].name }).subtracting(stored).sorted()
    return (["objectGUID", "instanceType", "distinguishedName", "uSNChanged"] + stored + links).map { .init($0) }
  }
}
