/// The body of every answer that is an error: RFC 9457, with two members of our own.
package struct Problem: Codable, Hashable, Sendable {
  /// `about:blank`, as RFC 9457 section 4.2.1 has it: the status says all there is to say about the kind.
  package let type: String
  package let title: String
  package let status: Int
  /// What failed, and where.
  package let detail: String?
  /// What to do about it.
  package let remedy: String?
  /// What is wrong in the files, when that is why.
  package let problems: [CheckReport.Finding]?

  package init(
    title: String,
    status: Int,
    detail: String? = nil,
    remedy: String? = nil,
    problems: [CheckReport.Finding]? = nil
  ) {
    self.type = "about:blank"
    self.title = title
    self.status = status
    self.detail = detail
    self.remedy = remedy
    self.problems = problems
  }
}
