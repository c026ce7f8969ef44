import ControlServer
import Testing

@Suite("AccessPolicy")
struct AccessPolicyTests {
  static let operators: UInt32 = 950
  static let daemon: UInt32 = 940

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let user: UInt32
    let group: UInt32
    var groups: [UInt32] = []
    let rights: Rights
    var ownUserRights: Rights = .reload
    var operatorsGroup: UInt32? = operators
  }

  static let cases = [
    Case(testDescription: "root does everything", user: 0, group: 0, rights: .operate),
    Case(testDescription: "root needs no group", user: 0, group: 0, rights: .operate, operatorsGroup: nil),
    Case(
      testDescription: "an operator by supplementary group",
      user: 1000,
      group: 1000,
      groups: [27, operators],
      rights: .operate
    ),
    Case(testDescription: "an operator by primary group", user: 1000, group: operators, rights: .operate),
    Case(testDescription: "anyone else observes", user: 1000, group: 1000, groups: [27], rights: .observe),
    Case(
      testDescription: "nobody is an operator where there is no such group",
      user: 1000,
      group: 1000,
      groups: [0],
      rights: .observe,
      operatorsGroup: nil
    ),
    Case(testDescription: "root's group gives nothing", user: 1000, group: 0, groups: [0], rights: .observe),
    Case(testDescription: "the service's user reloads", user: daemon, group: daemon, rights: .reload),
    Case(
      testDescription: "a person's own daemon obeys that person",
      user: daemon,
      group: daemon,
      rights: .operate,
      ownUserRights: .operate
    ),
    Case(
      testDescription: "a person's own daemon does not obey others",
      user: 1000,
      group: 1000,
      rights: .observe,
      ownUserRights: .operate
    ),
    Case(
      testDescription: "the service's user as an operator operates",
      user: daemon,
      group: daemon,
      groups: [operators],
      rights: .operate
    ),
    Case(testDescription: "the uid that stands for none", user: .max, group: .max, rights: .observe),
  ]

  @Test(arguments: cases)
  func `gives rights by uid and groups`(example: Case) {
    let policy = AccessPolicy(
      operatorsGroup: example.operatorsGroup,
      ownUser: Self.daemon,
      ownUserRights: example.ownUserRights
    )
    let peer = Peer(process: 1, user: example.user, group: example.group, supplementaryGroups: example.groups)
    #expect(policy.rights(of: peer) == example.rights)
  }
}
