package import Model

/// The scope of a configuration with its DNs resolved, once and for ever, to objects.
package struct ScopeBases: Sendable, Hashable {
  package var included: Set<GUID>
  package var excluded: Set<GUID>

  package init(included: Set<GUID> = [], excluded: Set<GUID> = []) {
    self.included = included
    self.excluded = excluded
  }
}

/// Who belongs to whom: computed top down, from containers and groups to those within.
package struct Reach {
  private let state: DirectoryState
  private let children: [GUID: [GUID]]
  /// Live members of live groups, those by primaryGroupID among them.
  package let members: [GUID: Set<GUID>]

  package init(_ state: DirectoryState) {
    self.state = state
    var children: [GUID: [GUID]] = [:]
    var members: [GUID: Set<GUID>] = [:]
    for domain in [state] + state.others {
      var groupsByRelativeIdentifier: [UInt32: GUID] = [:]
      for (guid, entry) in domain.objects where !entry.isDeleted {
        if let parent = entry.parent { children[parent, default: []].append(guid) }
        guard entry.objectClass == .group else { continue }
        members[guid, default: []].formUnion(entry.members.filter { state.isLive($0) })
        if let sid = entry.sid, let last = sid.relativeIdentifier, domain.domainSID.account(last) == sid {
          groupsByRelativeIdentifier[last] = guid
        }
      }
      for (guid, entry) in domain.objects where !entry.isDeleted {
        guard let primary = entry.primaryGroupRID, let group = groupsByRelativeIdentifier[primary] else { continue }
        members[group, default: []].insert(guid)
      }
    }
    self.children = children
    self.members = members
  }

  /// All below the containers, without these.
  func below(_ containers: Set<GUID>) -> Set<GUID> {
    closure(containers) { children[$0] ?? [] }
  }

  /// All members of the groups at any depth.
  func within(_ groups: Set<GUID>) -> Set<GUID> {
    closure(groups) { Array(members[$0] ?? []) }
  }

  func directly(within groups: Set<GUID>) -> Set<GUID> {
    groups.reduce(into: []) { $0.formUnion(members[$1] ?? []) }
  }

  private func closure(_ start: Set<GUID>, _ next: (GUID) -> [GUID]) -> Set<GUID> {
    var found: Set<GUID> = []
    var queue = Array(start)
    while let current = queue.popLast() {
      for guid in next(current) where found.insert(guid).inserted { queue.append(guid) }
    }
    return found
  }
}
