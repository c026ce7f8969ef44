import ControlAPI

/// Problems of the request itself, found before the backend is asked.
extension ControlProblem {
  static func forbidden(needing rights: Rights) -> ControlProblem {
    let remedy =
      switch rights {
      case .operate, .observe:
        "Call as root or as a member of the operators' group; a new membership counts from the next login."
      case .reload: "Call as root, as a member of the operators' group, or as the user of the daemon."
      }
    return ControlProblem(
      status: 403,
      title: "Not allowed",
      detail: "Your user may not do this over the control socket.",
      remedy: remedy
    )
  }

  static let unknownRoute = ControlProblem(
    status: 404,
    title: "No such path",
    detail: "The control socket has nothing under this path.",
    remedy: "docs/openapi.yaml lists all paths; they begin with /v1/."
  )

  static func wrongMethod(allowed: [String]) -> ControlProblem {
    ControlProblem(
      status: 405,
      title: "Wrong method",
      detail: "This path does not answer that method.",
      remedy: "Use \(allowed.joined(separator: " or "))."
    )
  }

  static let invalidName = ControlProblem(
    status: 400,
    title: "Not a name",
    detail: "The path does not name a configuration.",
    remedy: "A name has \(Route.configurationNameRule)."
  )

  static let notALimit = ControlProblem(
    status: 400,
    title: "Not a limit",
    detail: "The parameter \"\(QueryParameter.limit)\" is a number from 1 to 10000.",
    remedy: "Give it such a number, or leave it out."
  )

  package static func notAGUID(_ word: String) -> ControlProblem {
    ControlProblem(
      status: 400,
      title: "Not an objectGUID",
      detail:
        "One of the objects is not named by an objectGUID (\(word.utf8.count) bytes of text). Nothing was decided.",
      remedy: "Copy it from what is held."
    )
  }

  static func notAFlag(_ parameter: String) -> ControlProblem {
    ControlProblem(
      status: 400,
      title: "Neither true nor false",
      detail: "The parameter \"\(parameter)\" has a value that is not allowed. Nothing was changed.",
      remedy: "Give it once, with true or false."
    )
  }

  static func unknownReset(_ word: String) -> ControlProblem {
    ControlProblem(
      status: 400,
      title: "No such reset",
      detail: "A restart cannot reset \"\(word)\". Nothing was changed.",
      remedy: "Use \(Reset.allCases.map(\.rawValue).joined(separator: ", ")), separated by commas, or \(Reset.all)."
    )
  }

  static func wrongParameter(_ wrong: WrongParameter) -> ControlProblem {
    ControlProblem(
      status: 400,
      title: "Wrong parameter",
      detail: "The parameter \"\(wrong.name)\" is not known here, or has a value that is not allowed.",
      remedy: wrong.remedy
    )
  }

  static func bodyTooLarge(limit: Int) -> ControlProblem {
    ControlProblem(
      status: 413,
      title: "The body is too large",
      detail: "A request body may have at most \(limit) bytes.",
      remedy: "Send one configuration at a time."
    )
  }

  static let bodyTooSlow = ControlProblem(
    status: 408,
    title: "The body is too slow",
    detail: "The request body did not arrive in time.",
    remedy: "Send the whole request at once."
  )

  static let emptyBody = ControlProblem(
    status: 400,
    title: "The body is empty",
    detail: "A configuration was expected in the request body.",
    remedy: "Send it as TOML or as JSON."
  )

  static let notText = ControlProblem(
    status: 400,
    title: "The body is not text",
    detail: "The request body is not UTF-8.",
    remedy: "Save the file as UTF-8."
  )

  static func malformedJSON(_ reason: String) -> ControlProblem {
    ControlProblem(
      status: 400,
      title: "The JSON is not understood",
      detail: reason,
      remedy: "docs/openapi.yaml describes it as NewConfiguration."
    )
  }

  static func wrongMediaType(allowed: [String]) -> ControlProblem {
    ControlProblem(
      status: 415,
      title: "Wrong content type",
      detail: "The request does not say that its body is of a known type.",
      remedy: "Send the header Content-Type with \(allowed.joined(separator: " or "))."
    )
  }

  static let internalError = ControlProblem(
    status: 500,
    title: "The daemon failed",
    detail: "The request could not be answered; the reason is in the journal.",
    remedy: "Look for it with: journalctl -u adprovd"
  )
}
