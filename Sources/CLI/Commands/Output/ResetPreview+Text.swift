import ControlAPI

extension ResetPreview {
  /// A line for each reset that was asked for.
  func text(of resets: Set<Reset>, _ name: String, _ moment: Moment) -> String {
    let lines = Reset.allCases.filter(resets.contains).map { reset in
      let word = reset.rawValue
      return "  \(word)\(String(repeating: " ", count: 12 - word.count))\(sentence(of: reset, moment))"
    }
    return (["Before the run of \(name):"] + lines).joined(separator: "\n")
  }

  private func sentence(of reset: Reset, _ moment: Moment) -> String {
    switch reset {
    case .watermark: "objects to be read again, for every configuration of the domain: \(objectsToRead ?? 0)"
    case .escrows: "waiting objects to be tried at once: \(escrows ?? 0)"
    case .quarantine:
      pausedUntil.map { "the pause that would end \(moment.until($0)) is over" }
        ?? "there is no pause; failures are counted anew"
    case .links: "objects of the sink to be matched again: \(links ?? 0)"
    }
  }
}
