import Engine
import Model

/// One answer of DirSync (MS-DRSR 4.1.10.5.5 to 4.1.10.5.8, 5.115.5): of the objects changed next, what changed of their
/// attributes, then what changed of their links, both filtered by what the client has already.
struct ChangeCollector {
  let replica: Replica
  let schema: Schema
  let now: Timestamp
  let hidden: Set<GUID>
  let wanted: Set<AttributeName>
  let since: DirSyncState?

  struct Answer {
    var changes: [DirectoryChange] = []
    var lastUSN: Int64
    var hasMore = false
  }

  func answer(limit: Int) -> Answer {
    let from = since.map { $0.invocation == replica.invocation ? $0.usn : 0 } ?? 0
    let changed = replica.objects.values.filter { $0.replicationUSN > from }
      .sorted { ($0.replicationUSN, $0.guid) < ($1.replicationUSN, $1.guid) }
    var answer = Answer(lastUSN: replica.usn)
    var links: [DirectoryChange] = []
    var taken = 0
    var last = from
    for object in changed {
      // Objects of one transaction are not parted: the cookie has only its USN.
      if taken >= limit, object.replicationUSN != last {
        answer.hasMore = true
        answer.lastUSN = last
        break
      }
      last = object.replicationUSN
      taken += 1
      if let change = attributes(of: object) { answer.changes.append(change) }
      if let change = self.links(of: object) { links.append(change) }
    }
    answer.changes += links
    return answer
  }

  /// Up to which values are known from the same replica.
  var valueUSN: Int64 {
    since.map { $0.invocation == replica.invocation ? $0.valueUSN : 0 } ?? 0
  }

  private func isNews(_ stamp: Stamp) -> Bool {
    stamp.localUSN > valueUSN && since?.vector?.covers(stamp) != true
  }

  private func attributes(of object: DirectoryObject) -> DirectoryChange? {
    guard object.attributesUSN > valueUSN else { return nil }
    if hidden.contains(object.guid) {
      let isNewlyDeleted = object.isDeleted && object[.isDeleted].map { isNews($0.stamp) } == true
      return isNewlyDeleted ? DirectoryChange(guid: object.guid, isDeleted: true) : nil
    }
    var change = DirectoryChange(guid: object.guid)
    var isChanged = false
    for value in object.attributes where isNews(value.stamp) {
      if read(value, of: object, into: &change) { isChanged = true }
    }
    return isChanged ? change : nil
  }

  /// - Returns: whether it was asked for.
  private func read(_ value: DirectoryObject.Value, of object: DirectoryObject, into change: inout DirectoryChange)
    -> Bool
  {
    switch value.id {
    case .name:
      change.name = object.isDeleted ? Replica.unmangled(object.name) : object.name
      change.parent = object.parent
    case .objectClass: change.objectClass = object.objectClass
    case .objectSid: change.sid = object.sid
    case .isDeleted: change.isDeleted = object.isDeleted
    case .isRecycled: change.isRecycled = object.isRecycled
    case .lastKnownParent: change.lastKnownParent = value.values.first.flatMap { GUID(bytes: $0) }
    case .member:
      // Values from before there were stamps on each (MS-DRSR 4.1.10.5.5).
      let added = value.values.compactMap { GUID(bytes: $0) }.filter { replica.isLive($0) }
      change.members = .difference(added: added, removed: [])
      change.needsFullRead = true
    default:
      if value.id == .primaryGroupID { change.primaryGroupRID = object.primaryGroupRID }
      let name = AttributeName(schema[value.id].name)
      guard wanted.contains(name) || value.id == .primaryGroupID else { return false }
      if wanted.contains(name) { change.attributes[name] = value.values }
    }
    return true
  }

  private func links(of object: DirectoryObject) -> DirectoryChange? {
    guard !object.isDeleted, !hidden.contains(object.guid) else { return nil }
    var added: [GUID] = []
    var removed: [GUID] = []
    var lifetimes: [GUID: Duration] = [:]
    for (key, link) in object.links.sorted(by: { $0.key < $1.key })
    where key.attribute == .member && !link.isSilent && isNews(link.stamp) {
      if !link.isPresent {
        removed.append(key.target)
      } else if replica.shows(link, key, at: now) {
        added.append(key.target)
        lifetimes[key.target] = link.expiry.map { $0 - now }
      }
    }
    guard !added.isEmpty || !removed.isEmpty else { return nil }
    return DirectoryChange(
      guid: object.guid,
      members: .difference(added: added, removed: removed),
      memberLifetimes: lifetimes
    )
  }
}
