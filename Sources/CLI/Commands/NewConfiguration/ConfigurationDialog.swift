import ControlAPI

/// Asks a person for what a draft lacks. An answer that makes no sense is asked for again.
struct ConfigurationDialog {
  let terminal: any Terminal
  let host: Host

  /// - Throws: `CommandFailure` when input ends before the answers do.
  func complete(_ draft: inout ConfigurationDraft) throws {
    guard !draft.gaps.isEmpty else { return }
    while let gap = draft.gaps.first {
      try fill(gap, of: &draft)
    }
    if draft.notificationEmails.isEmpty {
      let address = try ask("Mail address for notifications (empty for none): ")
      if !address.isEmpty { draft.notificationEmails = [address] }
    }
  }

  private func fill(_ gap: ConfigurationDraft.Gap, of draft: inout ConfigurationDraft) throws {
    switch gap {
    case .domain: draft.domain = try askForText("DNS name of the domain: ")
    case .scope: try fillScope(of: &draft)
    case .sink: draft.sink = try askForChoice("Where to: scim or file? ")
    case .endpoint: draft.endpoint = try askForText("Base URL of the SCIM service: ")
    case .token: draft.tokenFile = host.absolute(try askForText("File that holds the bearer token: "))
    case .path: draft.path = host.absolute(try askForText("File to write the operations to: "))
    }
  }

  private func fillScope(of draft: inout ConfigurationDraft) throws {
    let mode: NewConfiguration.Scope.Mode =
      if let mode = draft.mode { mode } else { try askForChoice("Who: all, groups or organizational-units? ") }
    draft.mode = mode
    guard mode != .all else { return }
    let noun = mode == .groups ? "group" : "organizational unit"
    draft.included = [try askForText("DN of a \(noun): ")]
    while true {
      let next = try ask("DN of another \(noun) (empty for none): ")
      if next.isEmpty { return }
      draft.included.append(next)
    }
  }

  private func askForChoice<Choice: RawRepresentable<String>>(_ question: String) throws -> Choice {
    while true {
      if let choice = Choice(rawValue: try ask(question).lowercased()) { return choice }
    }
  }

  private func askForText(_ question: String) throws -> String {
    while true {
      let text = try ask(question)
      if !text.isEmpty { return text }
    }
  }

  private func ask(_ question: String) throws -> String {
    guard let answer = terminal.ask(question) else {
      throw CommandFailure.notOK("Input ended before all was answered; nothing was made.")
    }
    let text = answer.drop { $0.isWhitespace }
    return String(text[..<(text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex)])
  }
}
