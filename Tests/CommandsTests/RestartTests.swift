import ControlAPI
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("adprovctl restart --reset")
struct RestartTests {
  static let path = "POST /v1/configurations/cloud-users/restart"
  static let all = "reset=escrows,links,quarantine,watermark"

  static func answers(_ preview: ResetPreview, query: String, wait: Bool = false) throws -> [String: HTTPResponse] {
    [
      "\(path)?\(query)&preview=true": try .json(preview),
      "\(path)?\(query)": try .json(RestartAnswer(accepted: true), status: 202),
      "\(path)?\(query)&wait=true": try .json(RestartAnswer(accepted: true, run: Sample.run)),
    ]
  }

  static func asked(_ call: Invocation) -> [Substring] {
    call.transport.requests.map { $0.url[($0.url.firstIndex(of: "?") ?? $0.url.endIndex)...] }
  }

  @Test(arguments: ["yes", "y", " YES "])
  func `shows what would be cleared, asks, and does it`(answer: String) async throws {
    let preview = ResetPreview(objectsToRead: 240, escrows: 1, pausedUntil: Invocation.now + 300, links: 220)
    let terminal = RecordingTerminal(answers: [answer])
    let call = await Invocation(
      ["restart", "cloud-users", "--reset", "all", "--wait"],
      answers: try Self.answers(preview, query: Self.all),
      terminal: terminal
    )
    #expect(
      call.output == """
        Before the run of cloud-users:
          watermark   objects to be read again, for every configuration of the domain: 240
          escrows     waiting objects to be tried at once: 1
          quarantine  the pause that would end in 5 min is over
          links       objects of the sink to be matched again: 220
        cloud-users: run 7: partial in 3 s; 3 imported, 1 created, 1 failed

        """
    )
    #expect(call.status == 0)
    #expect(terminal.questions == ["Go on? (yes/no) "])
    #expect(Self.asked(call) == ["?\(Self.all)&preview=true", "?\(Self.all)&wait=true"])
  }

  @Test(arguments: [["no"], [""], ["yesterday"], []])
  func `changes nothing without a yes`(answers: [String]) async throws {
    let call = await Invocation(
      ["restart", "cloud-users", "--reset", "links"],
      answers: try Self.answers(ResetPreview(links: 220), query: "reset=links"),
      terminal: RecordingTerminal(answers: answers)
    )
    #expect(call.status == 1)
    #expect(call.errors == "adprovctl: Nothing was changed.\n")
    #expect(Self.asked(call) == ["?reset=links&preview=true"])
  }

  @Test func `needs --yes where nobody can be asked, and says so`() async {
    let call = await Invocation(["restart", "cloud-users", "--reset", "watermark", "--reset", "links"])
    #expect(call.status == 2)
    #expect(
      call.errors == """
        adprovctl: a reset is only done after a yes, and nobody can be asked here.
          Give --yes to do it without asking.

        """
    )
    #expect(call.transport.requests.isEmpty)
  }

  @Test func `with --yes shows it and asks nobody`() async throws {
    let preview = ResetPreview(objectsToRead: 240, escrows: 0)
    let terminal = RecordingTerminal(answers: [])
    let query = "reset=escrows,quarantine"
    let call = await Invocation(
      ["restart", "cloud-users", "--reset", "quarantine", "--reset", "escrows", "--yes"],
      answers: try Self.answers(preview, query: query),
      terminal: terminal
    )
    #expect(
      call.output == """
        Before the run of cloud-users:
          escrows     waiting objects to be tried at once: 0
          quarantine  there is no pause; failures are counted anew
        cloud-users: a run starts now.

        """
    )
    #expect(terminal.questions.isEmpty)
    #expect(Self.asked(call) == ["?\(query)&preview=true", "?\(query)"])
  }

  @Test func `as JSON prints the answer alone`() async throws {
    let call = await Invocation(
      ["restart", "cloud-users", "--reset", "links", "--yes", "--json"],
      answers: try Self.answers(ResetPreview(links: 220), query: "reset=links")
    )
    #expect(try ControlJSON.decode(RestartAnswer.self, from: Array(call.output.utf8)) == RestartAnswer(accepted: true))
    #expect(Self.asked(call) == ["?reset=links"])
  }

  @Test func `a wrong word names the right ones`() async {
    let call = await Invocation(["restart", "cloud-users", "--reset", "cookies"])
    for word in ["watermark", "escrows", "quarantine", "links", "all"] { #expect(call.errors.contains("'\(word)'")) }
  }
}
