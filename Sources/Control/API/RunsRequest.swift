/// What is asked of `GET /v1/configurations/{name}/runs`.
package enum RunsRequest {
  package static let usualLimit = 20
  package static let largestLimit = 1000

  /// - Throws: for any other parameter than one `limit` within its bounds.
  package static func limit(
    parameters: some Sequence<(key: Substring, value: Substring)>
  ) throws(WrongParameter) -> Int {
    var limit: Int?
    for (name, value) in parameters {
      let isLimit = name == "limit" && limit == nil && value.utf8.count <= 4
      guard isLimit, let number = wholeNumber(value).map(Int.init), (1...largestLimit).contains(number) else {
        throw WrongParameter(
          name: String(name.prefix(64)),
          remedy: "Use limit, once, with a number from 1 to \(largestLimit)."
        )
      }
      limit = number
    }
    return limit ?? usualLimit
  }
}
