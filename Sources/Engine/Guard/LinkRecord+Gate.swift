import Model

extension LinkRecord {
  /// How much was taken from the object in the sink.
  enum Withdrawn: Int, Comparable {
    case nothing = 0
    /// The account is inactive, or the group has no members of ours.
    case access = 1
    case everything = 2

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var withdrawn: Withdrawn {
    switch presence {
    case .absent: .everything
    case .disabled: .access
    case .present: desired?.isActive == false ? .access : .nothing
    case .kept: .nothing
    }
  }

  /// Has the guard look at it when more is withdrawn than was before, and lets it go when less is.
  mutating func stage(after before: LinkRecord) {
    guard withdrawn != before.withdrawn || !before.mayExistInSink else { return }
    let waits = [.held, .rejected].contains(before.gate) && withdrawn > before.withdrawn
    // A disable that nobody agreed to does not become a delete by waiting.
    gate = !before.mayExistInSink || withdrawn == .nothing ? .open : waits ? .held : .staged
    gateUntil = nil
  }
}
