import Engine

extension DirectoryError {
  /// One error for all controllers: the only one, or one that names each with its reason.
  init(all failures: [DirectoryError], of controllers: [DomainController]) {
    guard failures.count > 1 else {
      self = failures.first ?? .unreachable(controller: "(none)", detail: "no domain controller is configured")
      return
    }
    let names = controllers.map(\.description).joined(separator: ", ")
    let details = zip(controllers, failures).map { "\($1.names($0) ? "" : "\($0): ")\($1.detail)" }.joined(
      separator: "; "
    )
    let areUntrusted = failures.allSatisfy { if case .untrusted = $0 { true } else { false } }
    // Such as: all that answered are read-only.
    let areUnexpected = failures.allSatisfy { if case .unexpected = $0 { true } else { false } }
    self =
      areUntrusted
      ? .untrusted(controller: names, detail: details)
      : areUnexpected ? .unexpected(detail: details) : .unreachable(controller: names, detail: details)
  }

  private func names(_ controller: DomainController) -> Bool { detail.hasPrefix(controller.description + " ") }

  private var detail: String {
    switch self {
    case .unreachable(_, let detail), .untrusted(_, let detail), .credentialsRefused(_, let detail),
      .rightsMissing(_, let detail), .unusableSettings(let detail), .cookieRejected(let detail),
      .behind(_, let detail), .incomplete(let detail), .unexpected(let detail):
      detail
    }
  }
}
