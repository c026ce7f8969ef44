import ControlAPI
import FoundationEssentials
import HTTPTransport
import Testing

@Suite("adprovctl reconcile")
struct ReconcileTests {
  static let path = "POST /v1/configurations/cloud-users/reconcile"

  static func run(_ outcome: RunReport.Outcome = .success, failed: Int = 0, detail: String? = nil) -> RunReport {
    var counts = RunReport.Counts()
    counts.imported = 240
    counts.failed = failed
    return RunReport(
      id: 9,
      reason: "reconcile",
      started: Invocation.now - 5,
      ended: Invocation.now,
      outcome: outcome,
      detail: detail,
      counts: counts
    )
  }

  static func drift(repaired: Bool = false) -> DriftReport {
    var drift = DriftReport()
    drift.compared = 220
    drift.missing = 1
    drift.membersAdded = 2
    drift.foreign = 7
    drift.repaired = repaired
    drift.examples = [.init(guid: "6f9619ff-8b86-d011-b42d-00c04fc964ff", difference: "it is gone from the sink")]
    return drift
  }

  @Test func `shows the figures and the examples, and fails while there is drift`() async throws {
    let call = await Invocation(
      ["reconcile", "cloud-users"],
      answers: [Self.path: try .json(ReconcileAnswer(run: Self.run(), drift: Self.drift()))]
    )
    #expect(
      call.output == """
        IN THE SINK      COUNT
        compared           220
        missing              1
        changed              0
        members missing      0
        members added        2
        not ours             7

        OBJECT                                DIFFERENCE
        6f9619ff-8b86-d011-b42d-00c04fc964ff  it is gone from the sink

        cloud-users: not repaired. Repair it with: adprovctl reconcile cloud-users --repair

        """
    )
    #expect(call.status == 1)
    #expect(call.transport.requests.map(\.timeout) == [nil])
  }

  @Test(
    arguments: [
      (run(), 0, "cloud-users: repaired; run 9: success in 5 s; 240 imported\n"),
      (
        run(.partial, failed: 1), 1,
        "cloud-users: not all of it could be repaired and waits for its repeat; "
          + "run 9: partial in 5 s; 240 imported, 1 failed\n"
      ),
    ])
  func `is well after a repair, unless some of it failed`(run: RunReport, status: Int32, verdict: String) async throws {
    let call = await Invocation(
      ["reconcile", "cloud-users", "--repair"],
      answers: ["\(Self.path)?repair=true": try .json(ReconcileAnswer(run: run, drift: Self.drift(repaired: true)))]
    )
    #expect(call.output.hasSuffix(verdict))
    #expect(call.status == status)
  }

  @Test(arguments: [RunReport.Outcome.success, .partial])
  func `is well without drift`(outcome: RunReport.Outcome) async throws {
    let answer = ReconcileAnswer(run: Self.run(outcome, failed: outcome == .partial ? 1 : 0), drift: DriftReport())
    let call = await Invocation(["reconcile", "cloud-users"], answers: [Self.path: try .json(answer)])
    #expect(call.output.hasSuffix("not ours             0\n\ncloud-users: no drift.\n"))
    #expect(call.status == 0)
  }

  @Test func `says why nothing was compared`() async throws {
    let unreadable = ReconcileAnswer(run: Self.run(), reason: "What the sink holds cannot be read.")
    let call = await Invocation(["reconcile", "cloud-users"], answers: [Self.path: try .json(unreadable)])
    #expect(call.status == 1)
    #expect(call.errors == "adprovctl: cloud-users: What the sink holds cannot be read.\n")
    #expect(call.output.isEmpty)

    let failed = ReconcileAnswer(
      run: Self.run(.failure, detail: "the sink answers 401"),
      reason: "the sink answers 401"
    )
    let other = await Invocation(["reconcile", "cloud-users"], answers: [Self.path: try .json(failed)])
    #expect(other.status == 1)
    #expect(other.errors == "adprovctl: cloud-users: the sink answers 401\n")
  }

  @Test(arguments: [ReconcileAnswer(run: run(), drift: drift()), ReconcileAnswer(run: run(.failure), reason: "no")])
  func `as JSON is what the daemon says`(answer: ReconcileAnswer) async throws {
    let call = await Invocation(["reconcile", "cloud-users", "--json"], answers: [Self.path: try .json(answer)])
    #expect(try ControlJSON.decode(ReconcileAnswer.self, from: Array(call.output.utf8)) == answer)
    #expect(call.status == 1)
  }
}
