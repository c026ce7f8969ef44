/// Names of query parameters; their values are `true` or text.
package enum QueryParameter {
  /// PUT: overwrite a configuration that exists.
  package static let replace = "replace"
  /// restart: answer when the run has ended.
  package static let wait = "wait"
  /// check: what to call the text in the answer.
  package static let file = "file"
}
