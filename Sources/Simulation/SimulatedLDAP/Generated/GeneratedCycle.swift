import LDAP
import Model

/// One answer of DirSync. USNs are numbers of objects, counted from 1, and after those the changes.
struct GeneratedCycle {
  private let shape: DirectoryShape
  private let changes: GeneratedDirectory.Changes
  private let entries: GeneratedEntries
  private let filter: SearchFilter
  /// Up to which USN objects were sent, and up to which all of their values are known.
  private let from: Int
  private let known: Int

  static let invocationID = GeneratedIdentity.guid(.max - 1)
  private static let pageSize = 1000

  init(
    _ shape: DirectoryShape,
    _ changes: GeneratedDirectory.Changes,
    _ entries: GeneratedEntries,
    _ filter: SearchFilter,
    _ control: DirSyncControl
  ) throws(LDAPError) {
    self.shape = shape
    self.changes = changes
    self.entries = entries
    self.filter = filter
    guard !control.cookie.isEmpty else {
      (from, known) = (0, 0)
      return
    }
    guard let cookie = WireCookie(control.cookie) else { throw .cookieRefused(.protocolError) }
    let isOwn = cookie.invocationID == Self.invocationID
    (from, known) = isOwn ? (Int(clamping: cookie.usn), Int(clamping: cookie.valueUSN)) : (0, 0)
  }

  func page() -> SearchOutcome {
    let highest = shape.objects + changes.users.count
    let last = min(highest, from + Self.pageSize)
    let hasMore = last < highest
    var outcome = SearchOutcome()
    var links: [LDAPEntry] = []
    let finds = Finds(filter)
    for usn in stride(from: from + 1, through: last, by: 1) {
      if usn > shape.objects {
        if finds.users, let entry = change(usn - shape.objects - 1) { outcome.entries.append(entry) }
        continue
      }
      let place = shape.place(usn - 1)
      // An object stands where its last change is.
      if case .user(let user) = place, changes.latest[user] != nil { continue }
      guard finds[place] else { continue }
      outcome.entries.append(entries.whole(usn - 1))
      if case .group(let group) = place, let entry = entries.links(of: group) { links.append(entry) }
    }
    outcome.entries += links
    var cookie = WireCookie(
      time: Timestamp(milliseconds: 1_800_000_000_000),
      invocationID: Self.invocationID,
      usn: Int64(last),
      valueUSN: Int64(hasMore ? known : last),
      cursors: nil
    )
    if !hasMore { cookie.cursors = [WireCookie.Cursor(invocationID: Self.invocationID, usn: Int64(last))] }
    outcome.controls = [DirSyncControl.answer(hasMore: hasMore, cookie: cookie.bytes)]
    return outcome
  }

  private func change(_ number: Int) -> LDAPEntry? {
    let user = changes.users[number]
    guard changes.latest[user] == number else { return nil }
    let index = shape.index(ofUser: user)
    return index < known ? entries.title(index) : entries.whole(index)
  }

  /// By class, since the filter looks at nothing else.
  private struct Finds {
    let users: Bool
    private let groups: Bool
    private let units: Bool
    private let root: Bool

    init(_ filter: SearchFilter) {
      users = Self.matches(filter, .user(0))
      groups = Self.matches(filter, .group(0))
      units = Self.matches(filter, .unit(0))
      root = Self.matches(filter, .root)
    }

    private static func matches(_ filter: SearchFilter, _ place: DirectoryShape.Place) -> Bool {
      filter.matches { $0 == "objectClass" ? place.classes : [] }
    }

    subscript(_ place: DirectoryShape.Place) -> Bool {
      switch place {
      case .root: root
      case .unit: units
      case .user: users
      case .group: groups
      }
    }
  }
}
