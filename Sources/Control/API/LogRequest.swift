package import FoundationEssentials

/// What is asked of `GET /v1/configurations/{name}/log`; every filter narrows.
package struct LogRequest: Hashable, Sendable {
  package enum Since: Hashable, Sendable {
    case date(Date)
    /// Seconds before the request.
    case ago(Int)
  }

  /// The oldest entries beyond that id, instead of the newest.
  package var after: Int64?
  /// Only entries before that id.
  package var before: Int64?
  package var since: Since?
  /// objectGUID, in lower case.
  package var object: String?
  package var action: LogPage.Action?
  package var status: LogPage.Status?
  package var run: Int64?
  package var limit: Int?
  /// Seconds to wait for an entry when there is none.
  package var wait: Int?

  package static let usualLimit = 100
  package static let largestLimit = 500
  package static let longestWait = 30

  package init() {}
}
