import ControlAPI
import FoundationEssentials

extension RunReport {
  /// `run 7: success in 5 s; 3 imported, 1 created`.
  var sentence: String {
    let time = ended.map { " in \(Moment.span($0.timeIntervalSince(started)))" } ?? ""
    let did = outcome == .success || !counts.isEmpty ? "; \(counts.sentence)" : ""
    let words = "run \(id): \(outcome?.rawValue ?? "running")\(time)\(did)"
    return detail.map { "\(words). \($0)" } ?? words
  }

  /// It ended as a run should: at most single objects failed for reasons of their own.
  var isGood: Bool {
    switch outcome {
    case .success, .partial: true
    case .failure, .interrupted, nil: false
    }
  }
}

extension RunReport.Counts {
  var isEmpty: Bool { happened.isEmpty }

  /// Only what happened.
  var sentence: String {
    isEmpty ? "nothing to do" : happened.joined(separator: ", ")
  }

  private var happened: [String] {
    let all = [
      (imported, "imported"), (evaluated, "evaluated"), (created, "created"), (updated, "updated"),
      (disabled, "disabled"), (deleted, "deleted"), (membersAdded, "members added"),
      (membersRemoved, "members removed"), (failed, "failed"),
    ]
    return all.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
  }
}
