import ADSimulator
import LDAP
import Model

/// One request of DirSync and its answer (MS-ADTS 3.1.1.3.4.1.3): who may ask, from where, and how the answer ends.
struct DirSyncExchange {
  private let search: LDAPSearch
  private let control: DirSyncControl
  private let view: ReplicaView
  private let filter: SearchFilter
  /// What is left of them after the answer.
  private(set) var faults: ControllerFaults

  init(
    _ search: LDAPSearch,
    _ controls: RequestControls,
    _ view: ReplicaView,
    _ faults: ControllerFaults
  ) throws(LDAPError) {
    guard let control = controls.dirSync else { throw .controlRefused(.protocolError) }
    self.search = search
    self.control = control
    self.view = view
    self.faults = faults
    filter = try SearchFilter(search.filter)
  }

  mutating func answer() throws(LDAPError) -> SearchOutcome {
    try checkRights()
    let since = try knownState()
    if faults.emptyPages > 0 {
      faults.emptyPages -= 1
      return emptyPage(since)
    }
    let collector = DirSyncCollector(
      view: view,
      filter: filter,
      wanted: RequestedAttributes(search.attributes),
      flags: control.flags,
      since: since,
      repeats: faults.repeats
    )
    let page = collector.page(limit: view.pageObjects)
    var outcome = SearchOutcome(
      entries: page.entries,
      controls: [DirSyncControl.answer(hasMore: page.hasMore, cookie: cookie(page, since))]
    )
    strike(&outcome)
    return outcome
  }

  private func checkRights() throws(LDAPError) {
    let usesObjectSecurity = control.flags.contains(.objectSecurity)
    // ERROR_DS_DRA_SOURCE_DISABLED (MS-DRSR 4.1.10.5.2).
    guard !view.options.isReadOnly else {
      throw LDAPError(
        .search,
        .unwillingToPerform,
        "00002108: LdapErr: DSID-0C090D2E, comment: Error processing control"
      )
    }
    guard search.base.lowercased() == ReplicaView.base.lowercased() else {
      throw usesObjectSecurity ? .controlRefused(.unwillingToPerform) : .accessRefused
    }
    guard usesObjectSecurity ? view.options.mayUseObjectSecurity : view.options.mayReplicate else {
      throw .accessRefused
    }
  }

  // MARK: The cookie

  private mutating func knownState() throws(LDAPError) -> DirSyncState? {
    guard !control.cookie.isEmpty else { return nil }
    if let code = faults.cookieRefusal {
      faults.cookieRefusal = nil
      throw .cookieRefused(code)
    }
    guard let cookie = WireCookie(control.cookie) else { throw .cookieRefused(.protocolError) }
    var vector: UpToDatenessVector?
    if let cursors = cookie.cursors {
      var known = UpToDatenessVector()
      // Of invocations that it never heard of a controller has nothing to leave out.
      for cursor in cursors { invocation(cursor.invocationID).map { known[$0] = cursor.usn } }
      vector = known
    }
    return DirSyncState(
      invocation: invocation(cookie.invocationID) ?? Invocation(number: .max),
      usn: cookie.usn,
      valueUSN: cookie.valueUSN,
      vector: vector
    )
  }

  private func invocation(_ guid: GUID) -> Invocation? {
    view.invocationIDs.firstIndex(of: guid).map { Invocation(number: $0) }
  }

  /// The vector is in it only at the end of a cycle (MS-DRSR 5.115.10), so that it is good at this controller alone before.
  private func cookie(_ page: DirSyncCollector.Page, _ since: DirSyncState?) -> [UInt8] {
    var cookie = WireCookie(
      time: view.now,
      invocationID: view.invocationID,
      usn: page.lastUSN,
      valueUSN: page.hasMore ? page.valueUSN : page.lastUSN,
      cursors: nil
    )
    guard !page.hasMore else { return cookie.bytes }
    var vector = view.replica.fullVector
    if view.mergesVectors, let known = since?.vector { vector.merge(known) }
    cookie.cursors = vector.entries.map {
      WireCookie.Cursor(invocationID: view.invocationIDs[$0.invocation.number], usn: $0.usn)
    }
    return cookie.bytes
  }

  /// The place stays as it is, and so does the vector: whoever goes on from here misses nothing.
  private func emptyPage(_ since: DirSyncState?) -> SearchOutcome {
    let initial = WireCookie(time: view.now, invocationID: view.invocationID, usn: 0, valueUSN: 0, cursors: nil)
    let cookie = since == nil ? initial.bytes : control.cookie
    return SearchOutcome(entries: [], controls: [DirSyncControl.answer(hasMore: true, cookie: cookie)])
  }

  // MARK: Faults

  private mutating func strike(_ outcome: inout SearchOutcome) {
    let count = outcome.entries.count
    if let rest = faults.breakAfter {
      faults.breakAfter = rest >= count ? rest - count : nil
      if rest < count { cut(&outcome, rest, LDAPError(.search, .serverDown, "the connection was lost")) }
    } else if let rest = faults.timeLimitAfter {
      faults.timeLimitAfter = rest >= count ? rest - count : nil
      if rest < count { cut(&outcome, rest, LDAPError(.search, .timeLimitExceeded, "")) }
    }
  }

  private func cut(_ outcome: inout SearchOutcome, _ count: Int, _ failure: LDAPError) {
    outcome = SearchOutcome(entries: Array(outcome.entries.prefix(count)), failure: failure)
  }
}

extension LDAPError {
  static let accessRefused = LDAPError(
    .search,
    .insufficientAccessRights,
    "00002105: LdapErr: DSID-0C090D1D, comment: Error processing control, data 0, v4563"
  )

  /// As Windows has it for a cookie of another version (MicrosoftDocs/win32 pull request 1372).
  static func cookieRefused(_ code: LDAPResultCode) -> LDAPError {
    LDAPError(.search, code, "0000203D: LdapErr: DSID-0C090F0A, comment: Error processing control, data 0, v4563")
  }
}
