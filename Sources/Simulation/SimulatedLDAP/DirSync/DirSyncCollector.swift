import ADSimulator
import LDAP
import Model

/// What one answer of DirSync holds (MS-DRSR 4.1.10.5.5 to 4.1.10.5.8, 5.115.5): the entries of the objects that changed
/// next, and after all of them those of their links.
struct DirSyncCollector {
  let view: ReplicaView
  let filter: SearchFilter
  let wanted: RequestedAttributes
  let flags: DirSyncRequest.Flags
  let since: DirSyncState?
  let repeats: Bool

  struct Page {
    var entries: [LDAPEntry] = []
    /// Up to which objects were looked at.
    var lastUSN: Int64
    /// Up to which values were known before this cycle.
    let valueUSN: Int64
    var hasMore = false
  }

  func page(limit: Int) -> Page {
    let from = since.map { $0.invocation == view.replica.invocation ? $0.usn : 0 } ?? 0
    var page = Page(lastUSN: view.replica.usn, valueUSN: valueUSN)
    if since == nil { page.entries += subordinates }
    var links: [LDAPEntry] = []
    var taken = 0
    var last = from
    let changed = view.replica.objects.values.filter { $0.replicationUSN > from }
    // Not by the tree: a parent that changed after its child comes after it.
    for object in changed.sorted(by: { ($0.replicationUSN, $0.guid) < ($1.replicationUSN, $1.guid) }) {
      // Objects of one transaction are not parted: the cookie has only its USN.
      if taken >= limit, object.replicationUSN != last {
        page.hasMore = true
        page.lastUSN = last
        break
      }
      last = object.replicationUSN
      taken += 1
      if !seesEverything, view.isHidden(object) {
        if let entry = deletion(ofHidden: object) { page.entries.append(entry) }
        continue
      }
      guard filter.matches({ view.values($0, of: object) }) else { continue }
      page.entries += self.object(object)
      links += self.links(of: object)
    }
    page.entries += links
    return page
  }

  /// Up to which values are known from the same replica.
  private var valueUSN: Int64 {
    since.map { $0.invocation == view.replica.invocation ? $0.valueUSN : 0 } ?? 0
  }

  private var seesEverything: Bool { !flags.contains(.objectSecurity) }

  func isNews(_ stamp: Stamp) -> Bool {
    stamp.localUSN > valueUSN && since?.vector?.covers(stamp) != true
  }

  /// What an account that may not list an object is told of it (MS-DRSR 4.1.10.5.6): that it is gone, but not from where.
  private func deletion(ofHidden object: DirectoryObject) -> LDAPEntry? {
    guard object.isDeleted, let deletion = object[.isDeleted], isNews(deletion.stamp), wanted.contains("isDeleted")
    else {
      return nil
    }
    let attributes = [
      LDAPAttribute("objectGUID", [object.guid.bytes]), LDAPAttribute("isDeleted", [Array("TRUE".utf8)]),
    ]
    return LDAPEntry(name: [], attributes: attributes)
  }

  /// They are found by their class like everything else.
  private var subordinates: [LDAPEntry] {
    view.options.subordinateContexts.filter { context in
      filter.matches { name in
        name == "objectClass" ? ["top", "domain", "domainDNS"].map { Array($0.utf8) } : []
      } && context.instanceType & 1 == 1
    }.map { context in
      LDAPEntry(
        name: Array("<GUID=\(context.guid)>;\(context.name)".utf8),
        attributes: [
          LDAPAttribute("objectClass", ["top", "domain", "domainDNS"].map { Array($0.utf8) }),
          LDAPAttribute("objectGUID", [context.guid.bytes]),
          LDAPAttribute("instanceType", [Array("\(context.instanceType)".utf8)]),
        ]
      )
    }
  }
}
