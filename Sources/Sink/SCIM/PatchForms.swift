import Model
import Synchronization

/// The multi-valued attributes whose elements this service lets nobody address by a filter; they are replaced whole.
///
/// Only what a service does not understand is remembered. A noTarget is about one object, and remembering it would add a
/// second e-mail address to the next.
final class PatchForms: Sendable {
  struct Attribute: Hashable, Sendable {
    let kind: ResourceKind
    let path: SCIMPath
  }

  private let whole = Mutex<Set<Attribute>>([])

  func replacedWhole(_ kind: ResourceKind) -> Set<SCIMPath> {
    whole.withLock { Set($0.filter { $0.kind == kind }.map(\.path)) }
  }

  func remember(_ paths: Set<SCIMPath>, _ kind: ResourceKind) {
    whole.withLock { $0.formUnion(paths.map { Attribute(kind: kind, path: $0) }) }
  }
}
