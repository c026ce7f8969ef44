/// Names of query parameters; their values are `true`, `false` or text.
package enum QueryParameter {
  /// PUT: overwrite a configuration that exists.
  package static let replace = "replace"
  /// restart: answer when the run has ended.
  package static let wait = "wait"
  /// restart: words of `Reset`, separated by commas, or `Reset.all`.
  package static let reset = "reset"
  /// restart: change nothing, and answer what the resets would clear.
  package static let preview = "preview"
  /// reconcile: mend what differs in the sink.
  package static let repair = "repair"
  /// holds: how many operations are listed.
  package static let limit = "limit"
  /// check: what to call the text in the answer.
  package static let file = "file"
}
