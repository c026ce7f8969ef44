import ADSimulator
import Model

extension ReplicaView {
  /// Everything that a plain read of the attribute shows, constructed ones included.
  func values(_ name: AttributeName, of object: DirectoryObject) -> [[UInt8]] {
    switch name.folded {
    case "objectguid": return [object.guid.bytes]
    case "instancetype": return [instanceType(of: object)]
    case "parentguid": return object.parent.map { [$0.bytes] } ?? []
    case "usnchanged": return [Array("\(object.changedUSN)".utf8)]
    case "usncreated": return [Array("\(object.createdUSN)".utf8)]
    case "distinguishedname": return [reference(to: object)]
    case "cn", "ou", "dc":
      return name.folded == object.objectClass.relativeNameType.lowercased() ? [Array(object.name.utf8)] : []
    case "memberof": return groups(of: object)
    case "repluptodatevector": return object.guid == replica.places.root && options.showsVector ? [vector] : []
    default: break
    }
    guard let id = schema.existing(name.folded), !options.confidentialAttributes.contains(name) else { return [] }
    switch schema[id].kind {
    case .link: return linkValues(id, of: object)
    case .reference: return (object[id]?.values ?? []).compactMap { GUID(bytes: $0).flatMap { reference(to: $0) } }
    case .text, .constructed: return object[id]?.values ?? []
    }
  }

  /// IT_WRITE, with IT_NC_HEAD at the root; IT_WRITE is not there on a read-only controller (MS-ADTS 2.2.9).
  func instanceType(of object: DirectoryObject) -> [UInt8] {
    let write = options.isReadOnly ? 0 : 4
    return Array("\(object.guid == replica.places.root ? write | 1 : write)".utf8)
  }

  private func groups(of object: DirectoryObject) -> [[UInt8]] {
    guard !object.isDeleted else { return [] }
    return replica.groups(of: object.guid, at: now).compactMap { replica.objects[$0] }.filter { !isHidden($0) }
      .map { reference(to: $0) }
  }

  private func linkValues(_ id: AttributeID, of object: DirectoryObject) -> [[UInt8]] {
    replica.targets(id, of: object, at: now).compactMap { target in
      let key = LinkKey(attribute: id, target: target)
      return object.links[key].map { reference(to: key, $0) } ?? reference(to: target)
    }
  }

  /// UPTODATE_VECTOR_V2_EXT (MS-DRSR 5.166): what has come from others.
  private var vector: [UInt8] {
    let entries = replica.vector.entries.filter { $0.invocation != replica.invocation }
    var writer = LittleEndianWriter()
    for number in [2, 0, UInt32(entries.count), 0] { writer.append(number) }
    for entry in entries {
      writer.append(invocationIDs[entry.invocation.number].bytes)
      writer.append(entry.usn)
      writer.append(now.fileTime)
    }
    return writer.bytes
  }
}
