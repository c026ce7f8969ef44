import Engine
import Model
import Patterns
import TestSupport
import Testing

@Suite struct `Filters of a scope` {
  private static let costly = String(repeating: "a", count: 40) + "b"
  private static let user = ScopeSubject(
    guid: .numbered(1),
    kind: .user,
    image: Image(["department": [Array("Sales".utf8)], "title": [Array(costly.utf8)]])
  )

  private static func filter(
    _ clauses: (AttributeName, ClauseOperator, String?)...,
    kind: ResourceKind? = nil
  ) throws -> ScopeFilter {
    ScopeFilter(kind: kind, clauses: try clauses.map { try ScopeClause($0.0, $0.1, $0.2) })
  }

  private static func decide(_ filters: ScopeFilter..., about subject: ScopeSubject = user) -> ScopeDecision {
    ResolvedScope(mode: .all, kinds: [.user, .group, .organizationalUnit], filters: filters).decide(subject)
  }

  @Test func `name the one that is satisfied, or the clause of each that is not`() throws {
    let sales = try Self.filter(("department", .equals, "Sales"))
    let clerks = try Self.filter(
      ("department", .equals, "Sales"),
      ("title", .equals, "Clerk"),
      ("mail", .isNotNull, nil)
    )
    #expect(Self.decide() == .inScope(.everything))
    #expect(Self.decide(clerks, sales) == .inScope(.everything, filter: 1))
    let other = try Self.filter(("company", .isNotNull, nil))
    #expect(
      Self.decide(clerks, other) == .outOfScope(.filtered([.init(filter: 0, clause: 1), .init(filter: 1, clause: 0)]))
    )
  }

  @Test func `concern their own class, or users and groups`() throws {
    let nobody = try Self.filter(("mail", .isNotNull, nil))
    var subject = Self.user
    subject.kind = .group
    #expect(!Self.decide(nobody, about: subject).isInScope)
    #expect(try Self.decide(Self.filter(("mail", .isNotNull, nil), kind: .user), about: subject).isInScope)
    // One for users says nothing of groups; one for all does.
    #expect(
      try !Self.decide(Self.filter(("title", .isNotNull, nil), kind: .user), nobody, about: subject).isInScope
    )
    subject.kind = .organizationalUnit
    #expect(Self.decide(nobody, about: subject).isInScope)
    #expect(
      try !Self.decide(Self.filter(("mail", .isNotNull, nil), kind: .organizationalUnit), about: subject).isInScope
    )
  }

  @Test func `that cannot be decided leave it open unless another decides`() throws {
    let hard = try Self.filter(("title", .regexMatch, "(a+)+$"))
    let sales = try Self.filter(("department", .equals, "Sales"))
    let finance = try Self.filter(("department", .equals, "Finance"))
    let open = ScopeDecision.undecided(.init(filter: 0, clause: 0), .tooCostly)
    #expect(Self.decide(hard) == open)
    #expect(Self.decide(hard, finance) == open)
    #expect(Self.decide(hard, sales) == .inScope(.everything, filter: 1))
    let both = try Self.filter(("title", .notRegexMatch, "(a+)+$"), ("department", .equals, "Finance"))
    #expect(Self.decide(both) == .outOfScope(.filtered([.init(filter: 0, clause: 1)])))
  }

  @Test func `never narrow what is included by name`() throws {
    let nobody = try Self.filter(("mail", .isNotNull, nil))
    let scope = ResolvedScope(mode: .groups([Self.user.guid], nested: true), kinds: [.user], filters: [nobody])
    #expect(scope.decide(Self.user) == .inScope(.root))
  }

  @Test func `are asked last`() throws {
    let nobody = try Self.filter(("mail", .isNotNull, nil))
    var subject = Self.user
    subject.isWrittenBack = true
    #expect(Self.decide(nobody, about: subject) == .outOfScope(.writtenBack))
    subject.isCriticalSystemObject = true
    subject.isLive = false
    #expect(Self.decide(nobody, about: subject) == .outOfScope(.deleted))
  }
}
