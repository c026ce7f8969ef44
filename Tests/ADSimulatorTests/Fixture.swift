import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// A simulated domain, and what a client of one of its controllers asks and is told.
struct Fixture {
  let domain: SimulatedDomain
  let controllers: [SimulatedController]

  static let start = Timestamp(milliseconds: 1_800_000_000_000)
  static let base = "DC=corp,DC=example,DC=test"
  static let attributes = [
    "objectClass", "name", "objectSid", "isDeleted", "isRecycled", "lastKnownParent", "member", "primaryGroupID",
    "mail", "title",
  ]

  init(
    controllers: Int = 1,
    recycleBin: Bool = true,
    page: Int = 1000,
    mergesVectors: Bool = true,
    _ options: ControllerOptions = .init()
  ) throws {
    var domainOptions = SimulatedDomain.Options()
    domainOptions.controllers = controllers
    domainOptions.recycleBin = recycleBin
    domainOptions.pageObjects = page
    domainOptions.mergesVectors = mergesVectors
    let sid = try #require(SID(bytes: [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]))
    domain = SimulatedDomain(domainOptions, domainSID: sid, at: Self.start)
    self.controllers = domain.served(options)
  }

  var first: SimulatedDomain.ControllerID { domain.controllers[0] }

  func user(_ name: String, in parent: GUID? = nil, mail: String? = nil, at controller: Int = 0) throws -> GUID {
    let attributes: [AttributeName: String] = mail.map { ["mail": $0] } ?? [:]
    return try domain.create(
      .user,
      name: name,
      in: parent ?? domain.usersContainer,
      attributes: attributes,
      at: domain.controllers[controller]
    )
  }

  func group(_ name: String, _ members: [GUID] = []) throws -> GUID {
    let group = try domain.create(.group, name: name, in: domain.usersContainer, at: first)
    try domain.addMembers(members, to: group, at: first)
    return group
  }

  struct Answer {
    var entries: [LDAPEntry] = []
    var cookie: [UInt8] = []
    var hasMore = false

    func entries(of guid: GUID) -> [LDAPEntry] { entries.filter { $0["objectGUID"] == [guid.bytes] } }
  }

  func dirSync(
    _ flags: DirSyncRequest.Flags = [.objectSecurity, .incrementalValues],
    cookie: [UInt8] = [],
    base: String = base,
    filter: String = "(objectClass=*)",
    attributes: [String] = attributes,
    controls: [LDAPControl] = [],
    on controller: Int = 0
  ) async throws -> Answer {
    let request = DirSyncRequest(flags: flags, maximumBytes: 10 << 20, cookie: cookie)
    let search = LDAPSearch(
      base: base,
      scope: .subtree,
      filter: filter,
      attributes: attributes,
      controls: [try request.control(), .showDeleted] + controls
    )
    var answer = Answer()
    let end = try await controllers[controller].connect().search(search) { answer.entries += $0 }
    let response = try DirSyncResponse(try #require(end.first { $0.identifier == DirSyncRequest.identifier }))
    answer.cookie = response.cookie
    answer.hasMore = response.hasMore
    return answer
  }

  func cycle(cookie: [UInt8] = [], on controller: Int = 0) async throws -> Answer {
    var answer = Answer(cookie: cookie, hasMore: true)
    while answer.hasMore {
      let page = try await dirSync(cookie: answer.cookie, on: controller)
      answer = Answer(entries: answer.entries + page.entries, cookie: page.cookie, hasMore: page.hasMore)
    }
    return answer
  }

  func refusal(_ body: () async throws -> Void) async -> LDAPError? {
    await #expect(throws: LDAPError.self) { try await body() }
  }

  func read(
    _ base: String,
    _ attributes: [String],
    _ controls: [LDAPControl] = [],
    on controller: Int = 0
  ) async throws -> LDAPEntry? {
    try await controllers[controller].connect().entry(
      LDAPSearch(base: base, attributes: attributes, controls: controls)
    )
  }
}

extension LDAPEntry {
  func texts(_ description: String) -> [String]? { self[description]?.map { String(decoding: $0, as: UTF8.self) } }
  var dn: String { String(decoding: name, as: UTF8.self) }
  var descriptions: Set<String> { Set(attributes.map(\.description)) }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
