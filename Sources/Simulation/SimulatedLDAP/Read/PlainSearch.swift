import ADSimulator
import LDAP
import Model

/// Any search but DirSync.
struct PlainSearch {
  private let search: LDAPSearch
  private let controls: RequestControls
  private let wanted: RequestedAttributes

  init(_ search: LDAPSearch, _ controls: RequestControls) {
    self.search = search
    self.controls = controls
    wanted = RequestedAttributes(search.attributes)
  }

  func answer(_ view: ReplicaView, _ sets: inout ResultSets) throws(LDAPError) -> SearchOutcome {
    let filter = try SearchFilter(search.filter)
    if let own = try ServerEntries(view).answer(search, filter, wanted) { return own }
    let base = try base(view)
    if search.scope == .base {
      let matches = filter.matches { view.values($0, of: base) }
      return SearchOutcome(entries: matches ? [view.entry(base, wanted)] : [])
    }
    guard let page = controls.page else {
      let found = find(filter, below: base, view)
      var outcome = SearchOutcome(entries: entries(found.prefix(view.options.maxPageSize), view))
      if found.count > view.options.maxPageSize { outcome.failure = LDAPError(.search, .sizeLimitExceeded, "") }
      return outcome
    }
    let left = page.cookie.isEmpty ? find(filter, below: base, view) : try sets.take(page.cookie)
    let size = page.size == 0 ? view.options.maxPageSize : min(page.size, view.options.maxPageSize)
    let cookie = sets.keep(Array(left.dropFirst(size)), most: view.options.maxResultSets)
    return SearchOutcome(entries: entries(left.prefix(size), view), controls: [PageControl.answer(cookie: cookie)])
  }

  private func find(_ filter: SearchFilter, below base: DirectoryObject, _ view: ReplicaView) -> [GUID] {
    let isWhole = base.guid == view.replica.places.root
    return view.replica.objects.values
      .filter { object in
        view.isFound(object) && (isWhole || view.replica.isBelow(object.guid, base.guid))
          && filter.matches { view.values($0, of: object) }
      }
      .sorted { ($0.createdUSN, $0.guid) < ($1.createdUSN, $1.guid) }
      .map(\.guid)
  }

  private func entries(_ guids: some Sequence<GUID>, _ view: ReplicaView) -> [LDAPEntry] {
    guids.compactMap { view.replica.objects[$0] }.map { view.entry($0, wanted) }
  }

  /// - Throws: `LDAPError` with noSuchObject, also for what the account may not see.
  private func base(_ view: ReplicaView) throws(LDAPError) -> DirectoryObject {
    guard let object = try named(search.base, view), view.isFound(object) else {
      throw LDAPError(
        .search,
        .noSuchObject,
        "0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of: '\(ReplicaView.base)'"
      )
    }
    return object
  }

  /// By a DN or one of the forms `<GUID=…>` and `<SID=…>` (MS-ADTS 3.1.1.3.1.2.4).
  private func named(_ name: String, _ view: ReplicaView) throws(LDAPError) -> DirectoryObject? {
    if name.hasPrefix("<GUID="), name.hasSuffix(">") {
      return GUID(name.dropFirst("<GUID=".count).dropLast()).flatMap { view.replica.objects[$0] }
    }
    if name.hasPrefix("<SID="), name.hasSuffix(">") {
      let sid = name.dropFirst("<SID=".count).dropLast()
      return view.replica.objects.values.first { $0.sid.map { "\($0)" == sid } ?? false }
    }
    guard let parsed = try? DistinguishedName(parsing: name),
      let head = try? DistinguishedName(parsing: ReplicaView.base)
    else { throw LDAPError(.search, .invalidDNSyntax, "0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME)") }
    let depth = parsed.components.count - head.components.count
    guard depth >= 0, DistinguishedName(Array(parsed.components.dropFirst(depth))).matches(head) else { return nil }
    var object = view.replica.objects[view.replica.places.root]
    for component in parsed.components.prefix(depth).reversed() {
      guard let parent = object else { return nil }
      let folded = component.value.lowercased()
      object = view.replica.objects.values.first { $0.parent == parent.guid && $0.foldedName == folded }
    }
    return object
  }
}
