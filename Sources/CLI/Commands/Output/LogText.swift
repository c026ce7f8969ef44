import ControlAPI
import FoundationEssentials

/// Entries of the provisioning log as lines. Names, reasons and values come from directories and sinks, and may hold
/// anything.
struct LogText {
  let style: Style
  let showsChanges: Bool

  func lines(_ entry: LogPage.Entry) -> String {
    let line = [
      entry.time.formatted(.iso8601), style.apply(entry.status.tone, to: entry.status.mark), entry.action.word,
      entry.name.printable + detail(entry).printable,
    ].joined(separator: " ")
    return showsChanges ? ([line] + changes(entry).map { "    " + $0.printable }).joined(separator: "\n") : line
  }

  private func detail(_ entry: LogPage.Entry) -> String {
    var parts = entry.members.map { [$0.sentence] } ?? []
    if entry.status != .success {
      parts.append("\(entry.status.word)\(entry.code.map { " (\($0))" } ?? "")\(entry.reason.map { ": \($0)" } ?? "")")
    }
    return parts.isEmpty ? "" : " - " + parts.joined(separator: "; ")
  }

  private func changes(_ entry: LogPage.Entry) -> [String] {
    let values = entry.changes.map { "\($0.path): \(Self.text($0.old)) → \(Self.text($0.new))" }
    guard let members = entry.members else { return values }
    return values + Self.lines(members.added, of: members.addedCount, sign: "+")
      + Self.lines(members.removed, of: members.removedCount, sign: "-")
  }

  private static func lines(_ members: [LogPage.Members.Member], of count: Int, sign: String) -> [String] {
    let rest = count - members.count
    return members.map { "\(sign) \($0.name)" } + (rest > 0 ? ["\(sign) … and \(rest) more"] : [])
  }

  private static func text(_ value: LogPage.Value?) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .boolean(let flag): "\(flag)"
    case .strings(let texts): "[\(texts.map(quoted).joined(separator: ", "))]"
    case nil: "none"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}

extension LogPage.Members {
  fileprivate var sentence: String {
    let parts = [(addedCount, "added"), (removedCount, "removed")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "no members" : parts.joined(separator: ", ")
  }
}

extension LogPage.Action {
  /// All as wide as the widest.
  fileprivate var word: String {
    let width = Self.allCases.map(\.rawValue.count).max() ?? 0
    return rawValue + String(repeating: " ", count: width - rawValue.count)
  }
}

extension LogPage.Status {
  fileprivate var mark: String {
    switch self {
    case .success: "✓"
    case .failure: "✗"
    case .skipped: "–"
    case .held: "‖"
    }
  }

  fileprivate var tone: Tone {
    switch self {
    case .success: .good
    case .failure: .bad
    case .skipped, .held: .warning
    }
  }

  fileprivate var word: String {
    switch self {
    case .success: "done"
    case .failure: "failed"
    case .skipped: "skipped"
    case .held: "held"
    }
  }
}
