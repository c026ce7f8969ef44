import ControlAPI
import FoundationEssentials

extension RunReport {
  /// `run 7: success in 5 s; 3 imported, 1 created`.
  var sentence: String {
    let time = ended.map { " in \(Moment.span($0.timeIntervalSince(started)))" } ?? ""
    let words = "run \(id): \(outcome?.rawValue ?? "running")\(time); \(counts.sentence)"
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
  /// Only what happened.
  var sentence: String {
    let all = [
      (imported, "imported"), (evaluated, "evaluated"), (created, "created"), (updated, "updated"),
      (disabled, "disabled"), (deleted, "deleted"), (membersAdded, "members added"),
      (membersRemoved, "members removed"), (failed, "failed"),
    ]
    let words = all.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
    return words.isEmpty ? "nothing to do" : words.joined(separator: ", ")
  }
}
