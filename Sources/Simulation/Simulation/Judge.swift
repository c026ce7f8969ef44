import Engine
import Model
import Oracle

/// Says which withdrawals are wrong: those for which no state that any import could have seen gives a reason.
///
/// It knows what was to be there in every state read since the last time when all was settled.
package struct Judge: Sendable {
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
  func objection(to operation: Operation, holding held: Resource?) -> String? {
    switch operation.action {
    case .create: return nil
    case .delete: return present.contains(operation.guid) ? "wrong delete of \(operation.guid)" : nil
    case .update(let wanted, _):
      let isWithdrawn = !wanted.isActive && held?.isActive == true
      return isWithdrawn && active.contains(operation.guid) ? "wrong disable of \(operation.guid)" : nil
    case .members(_, let removed):
      guard present.contains(operation.guid), let standing = members[operation.guid] else { return nil }
      let wrong = removed.map(\.guid).filter { standing.contains($0) && present.contains($0) }
      return wrong.first.map { "wrong removal of \($0) from \(operation.guid)" }
    }
  }
}
