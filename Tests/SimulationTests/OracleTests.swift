import Model
import Oracle
import TestSupport
import Testing

@Suite("The oracle")
struct OracleTests {
  private let root = GUID.numbered(1)
  private let sales = GUID.numbered(2)
  private let ann = GUID.numbered(3)
  private let bob = GUID.numbered(4)
  private let team = GUID.numbered(5)
  private let inner = GUID.numbered(6)

  private func world() -> DirectoryState {
    var state = DirectoryState(
      domain: "corp.example.test",
      domainSID: .domain,
      now: Timestamp(milliseconds: 1_800_000_000_000)
    )
    state.objects[root] = DirectoryEntry(.domain, name: "corp")
    state.objects[sales] = DirectoryEntry(.organizationalUnit, name: "Sales", parent: root)
    state.objects[ann] = person("ann", in: sales)
    state.objects[bob] = person("bob", in: root)
    state.objects[team] = DirectoryEntry(.group, name: "Team", parent: root, sid: SID.domain.account(1200))
    state.objects[inner] = DirectoryEntry(.group, name: "Inner", parent: root, members: [bob])
    state.objects[team]?.members = [ann, inner]
    return state
  }

  private func person(_ name: String, in parent: GUID) -> DirectoryEntry {
    let attributes = ["samaccountname": name, "useraccountcontrol": "512"]
    return DirectoryEntry(
      .user,
      name: name,
      parent: parent,
      attributes: attributes.mapValues { [Array($0.utf8)] }
    )
  }

  private func oracle(
    _ mode: Scope.Mode,
    included: Set<GUID> = [],
    excluded: Set<GUID> = [],
    sendsNestedGroups: Bool = false
  ) -> Oracle {
    let configuration = Configuration(
      name: "cloud",
      domain: "corp.example.test",
      isEnabled: true,
      interval: .seconds(120),
      scope: Scope(mode: mode, kinds: [.user, .group]),
      mapping: .standard,
      onLeaveScope: .disable,
      sendsNestedGroups: sendsNestedGroups
    )
    return Oracle(configuration, bases: ScopeBases(included: included, excluded: excluded))
  }

  private func present(_ expectation: CloudExpectation) -> Set<GUID> {
    Set(expectation.objects.filter { if case .present = $0.value { true } else { false } }.keys)
  }

  @Test("takes all that lives and is of a chosen kind")
  func all() {
    var state = world()
    state.objects[bob]?.isDeleted = true
    #expect(present(oracle(.all).expectation(from: state)) == [ann, team, inner])
  }

  @Test("follows nested groups, or only looks at direct members that are no groups")
  func groups() {
    let nested = oracle(.groups([], nested: true), included: [team]).expectation(from: world())
    #expect(present(nested) == [team, ann, inner, bob])
    let flat = oracle(.groups([], nested: false), included: [team]).expectation(from: world())
    #expect(present(flat) == [team, ann])
  }

  @Test("takes what is below a unit")
  func units() {
    #expect(present(oracle(.organizationalUnits([]), included: [sales]).expectation(from: world())) == [ann])
  }

  @Test("lets exclusions win, by place and by membership")
  func exclusions() {
    #expect(present(oracle(.all, excluded: [sales]).expectation(from: world())) == [bob, team, inner])
    #expect(present(oracle(.all, excluded: [inner]).expectation(from: world())) == [ann, team])
  }

  @Test("counts the primary group as a membership, and sends groups in groups only when told to")
  func members() {
    var state = world()
    state.objects[bob]?.primaryGroupRID = 1200
    #expect(oracle(.all).expectation(from: state).members[team] == [ann, bob])
    #expect(oracle(.all, sendsNestedGroups: true).expectation(from: state).members[team] == [ann, bob, inner])
  }

  @Test("maps the implicit name, and an account that is disabled or expired")
  func mapping() {
    var state = world()
    let expired = (state.now.milliseconds - 1000 + 11_644_473_600_000) * 10_000
    state.objects[bob]?.attributes["accountexpires"] = [Array("\(expired)".utf8)]
    let expectation = oracle(.all).expectation(from: state)
    guard case .present(.user, let attributes) = expectation[ann], case .present(_, let other) = expectation[bob] else {
      Issue.record("both are to be there")
      return
    }
    #expect(attributes[.userName] == .string("ann@corp.example.test"))
    #expect(attributes[.active] == .boolean(true))
    #expect(other[.active] == .boolean(false))
  }

  @Test("leaves alone the loser of a conflict, and who has no name")
  func untouched() {
    var state = world()
    state.objects[ann]?.name = "ann\nCNF:\(ann)"
    state.objects[bob]?.attributes["samaccountname"] = nil
    let expectation = oracle(.all).expectation(from: state)
    #expect(present(expectation) == [team, inner])
    #expect(expectation[ann] == .untouched(reason: "conflict object"))
  }

  @Test("tells that a base is gone")
  func base() {
    var state = world()
    state.objects[sales]?.isDeleted = true
    #expect(oracle(.organizationalUnits([]), included: [sales]).expectation(from: state).missingBases == [sales])
  }
}
