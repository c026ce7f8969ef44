import Engine
import Model

extension SCIMSession {
  /// Patches a resource to its wanted state: first on the assumption that the service holds what it is taken to hold, then,
  /// when it refuses the form, as exactly as a look at the resource allows. Whatever else is refused, `active` is sent: no
  /// odd title may hold back a disable.
  ///
  /// - Parameter shown: the resource as the service has just shown it, if it has.
  func update(
    _ id: String,
    to wanted: Resource,
    changes: [AttributeChange],
    shown: RemoteResource?
  ) async throws(SCIMFailure) {
    let kind = wanted.kind
    var shown = shown
    let whole = patchForms.replacedWhole(kind)
    let filtered = Set(changes.compactMap { SCIMPath($0.path) }.filter { $0.filter != nil }.map(\.whole))
    if shown == nil, !whole.isDisjoint(with: filtered) { shown = try await existing(kind, id) }

    let plan = try PatchPlan(changes, wanted: wanted, shown: shown, whole: whole)
    guard !plan.operations.isEmpty, var refusal = try await patch(kind, id, plan.operations) else { return }
    if refusal.status == 404 { _ = try await existing(kind, id) }

    if refusal.isAboutForm, !filtered.isEmpty || changes.contains(where: { $0.new == nil }) {
      if shown == nil { shown = try await existing(kind, id) }
      let unsupported = refusal.code == "noTarget" ? [] : filtered
      let exact = try PatchPlan(changes, wanted: wanted, shown: shown, whole: whole.union(unsupported))
      if exact.operations.isEmpty { return }
      if exact.operations != plan.operations {
        guard let second = try await patch(kind, id, exact.operations) else {
          patchForms.remember(unsupported, kind)
          return
        }
        refusal = second
      }
    }
    throw try await sendActiveAlone(id, wanted, changes) ? .rejected(refusal.except("active")) : .rejected(refusal)
  }

  private func sendActiveAlone(
    _ id: String,
    _ wanted: Resource,
    _ changes: [AttributeChange]
  ) async throws(SCIMFailure) -> Bool {
    guard changes.count > 1, let active = changes.first(where: { $0.path == .active })?.new else { return false }
    return try await patch(wanted.kind, id, [PatchOperation(.replace, TargetPath.active.text, active.json)]) == nil
  }

  private func existing(_ kind: ResourceKind, _ id: String) async throws(SCIMFailure) -> RemoteResource {
    guard let resource = try await read(kind, id) else {
      throw .stale("\(kind.collection)/\(id.printable(limit: 80)) is gone from the service")
    }
    return resource
  }
}

extension Refusal {
  /// Whether the same change might be taken in other words.
  fileprivate var isAboutForm: Bool {
    switch status {
    case 400: ["noTarget", "invalidPath", "invalidFilter", "400"].contains(code)
    case 405, 501: true
    default: false
    }
  }

  fileprivate func except(_ attribute: String) -> Refusal {
    Refusal(status: status, code: code, reason: reason + " (of the change only \(attribute) was applied)")
  }
}
