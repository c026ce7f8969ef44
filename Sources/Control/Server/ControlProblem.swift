package import ControlAPI

/// An answer that is an error, thrown by whoever knows why. All of it may leave the process.
package struct ControlProblem: Error, Hashable, Sendable {
  /// HTTP status.
  package let status: Int
  package let title: String
  /// What failed, and where.
  package let detail: String?
  /// What to do about it.
  package let remedy: String?
  package let findings: [CheckReport.Finding]?

  package init(
    status: Int,
    title: String,
    detail: String? = nil,
    remedy: String? = nil,
    findings: [CheckReport.Finding]? = nil
  ) {
    self.status = status
    self.title = title
    self.detail = detail
    self.remedy = remedy
    self.findings = findings
  }

  package static func unknownConfiguration(_ name: String) -> ControlProblem {
    ControlProblem(
      status: 404,
      title: "No such configuration",
      detail: "There is no configuration \"\(name)\".",
      remedy: "List those that exist with: adprovctl config list"
    )
  }

  package static func exists(_ name: String) -> ControlProblem {
    ControlProblem(
      status: 409,
      title: "The configuration exists",
      detail: "There is a configuration \"\(name)\" already.",
      remedy: "Choose another name. Over HTTP, ?replace=true replaces it."
    )
  }

  /// The files, or the text sent, are wrong; nothing was changed.
  package static func invalid(_ findings: [CheckReport.Finding]) -> ControlProblem {
    ControlProblem(
      status: 422,
      title: "The configuration is not valid",
      detail: "Nothing was changed; what was in force stays in force.",
      remedy: "Correct what is listed.",
      findings: findings
    )
  }

  package static let stopping = ControlProblem(
    status: 503,
    title: "The daemon is stopping",
    detail: "adprovd was asked to stop before the answer was ready.",
    remedy: "Ask again when it has started."
  )
}
