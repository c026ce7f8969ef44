import Model

extension ObjectEvaluation {
  func noteBlocked(_ link: LinkRecord, before: LinkRecord?, in context: EvaluationContext) throws {
    // Evaluation serves all configurations of a domain: the run is the one that this configuration has under way.
    let last = try store.lastRun(of: context.id)
    let run = last?.ended == nil ? last?.id : nil
    var log = LogWriter(LogBook(run: run, mapping: context.configuration.mapping), store, at: now)
    try log.noteBlocked(link, before: before)
  }
}
