import ControlAPI
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("adprovctl holds")
struct HoldsTests {
  static let holds = HoldsReport(
    digest: "00ff",
    reason: "4 of 25 users within 24 h, limit 3",
    since: Invocation.now - 600,
    count: 4,
    following: 9,
    operations: [
      .init(guid: "6f9619ff-8b86-d011-b42d-00c04fc964ff", kind: "user", name: "Ada\u{1B}[2J", action: .disable),
      .init(
        guid: "7f9619ff-8b86-d011-b42d-00c04fc964ff",
        kind: "user",
        name: "Bob",
        action: .removeMember,
        group: "Team"
      ),
    ]
  )

  @Test func `shows what is held and how to decide, and fails`() async throws {
    let call = await Invocation(
      ["holds", "cloud-users", "--limit", "2"],
      answers: ["GET /v1/configurations/cloud-users/holds?limit=2": try .json(Self.holds)]
    )
    #expect(
      call.output == """
        OBJECT                                NAME     WHAT IS HELD
        6f9619ff-8b86-d011-b42d-00c04fc964ff  Ada\u{FFFD}[2J  disable
        7f9619ff-8b86-d011-b42d-00c04fc964ff  Bob      take out of Team

        and 2 more; show them with --limit
        9 memberships go, or stay, with them
        cloud-users: 4 operations are held since 10 min ago: 4 of 25 users within 24 h, limit 3
        Approve them with: adprovctl holds cloud-users approve --digest 00ff
        Keep the objects with: adprovctl holds cloud-users reject --digest 00ff

        """
    )
    #expect(call.status == 1)
  }

  @Test func `is content when nothing is held`() async throws {
    let call = await Invocation(
      ["holds", "cloud-users"],
      answers: ["GET /v1/configurations/cloud-users/holds?limit=20": try .json(HoldsReport(digest: ""))]
    )
    #expect(call.output == "cloud-users: nothing is held.\n")
    #expect(call.status == 0)
  }

  @Test func `decides about what was shown`() async throws {
    let guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    let call = await Invocation(
      ["holds", "cloud-users", "approve", "--digest", "00ff", "--object", guid],
      answers: ["POST /v1/configurations/cloud-users/holds": try .json(HoldsAnswer(decided: 4))]
    )
    #expect(call.output == "cloud-users: 4 operations approved; they are sent now.\n")
    let body = try #require(call.transport.requests.first?.body)
    let sent = try ControlJSON.decode(HoldsDecision.self, from: body)
    #expect(sent == HoldsDecision(.approve, digest: "00ff", objects: [guid]))
  }

  @Test(arguments: [["approve"], ["--digest", "00ff"], ["maybe", "--digest", "00ff"], ["--limit", "0"]])
  func `refuses half a decision`(_ arguments: [String]) async throws {
    let call = await Invocation(["holds", "cloud-users"] + arguments, answers: [:])
    #expect(call.status == 2)
    #expect(call.transport.requests.isEmpty)
  }
}
