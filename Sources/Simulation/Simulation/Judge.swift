import Engine
import Model
import Oracle

/// Says which withdrawals are wrong: those for which no state that any import could have seen gives a reason.
///
/// It knows what was to be there in every state read since the last time when all was settled.
struct Judge: Sendable {
  private var present: Set<GUID>
  private var active: Set<GUID>
  private var members: [GUID: Set<GUID>]

  init(_ settled: [GUID: Oracle.Expected], undecided: Set<GUID>) {
    present = Set(settled.keys).subtracting(undecided)
    active = Set(settled.filter(\.value.isActive).keys).subtracting(undecided)
    members = settled.mapValues(\.members)
  }

  mutating func sees(_ expected: [GUID: Oracle.Expected]) {
    present.formIntersection(expected.keys)
    active.formIntersection(expected.filter(\.value.isActive).keys)
    for (group, known) in members { members[group] = known.intersection(expected[group]?.members ?? []) }
  }

  /// Nil when there is a reason for the operation.
  func objection(to operation: Operation, holding held: Resource?) -> Objection? {
    switch operation.action {
    case .create: return nil
    case .delete: return present.contains(operation.guid) ? Objection(.delete, operation.guid) : nil
    case .update(let wanted, _):
      let isWithdrawn = !wanted.isActive && held?.isActive == true
      return isWithdrawn && active.contains(operation.guid) ? Objection(.disable, operation.guid) : nil
    case .members(_, let removed):
      guard present.contains(operation.guid), let standing = members[operation.guid] else { return nil }
      let wrong = removed.map(\.guid).filter { standing.contains($0) && present.contains($0) }
      return wrong.first.map { Objection(.removal(from: operation.guid), $0) }
    }
  }
}

/// A withdrawal without a visible reason. Whoever reads one controller after the other may know the outcome of a replication
/// before any of them: it is wrong if the object is wanted when all is settled, too.
struct Objection: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case delete, disable
    case removal(from: GUID)
  }

  let kind: Kind
  let guid: GUID

  init(_ kind: Kind, _ guid: GUID) {
    self.kind = kind
    self.guid = guid
  }

  func holds(in settled: [GUID: Oracle.Expected]) -> Bool {
    switch kind {
    case .delete: settled[guid] != nil
    case .disable: settled[guid]?.isActive == true
    case .removal(let group): settled[group]?.members.contains(guid) == true
    }
  }

  var description: String {
    switch kind {
    case .delete: "wrong delete of \(guid)"
    case .disable: "wrong disable of \(guid)"
    case .removal(let group): "wrong removal of \(guid) from \(group)"
    }
  }
}
