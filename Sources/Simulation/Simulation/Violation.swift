import Model

/// Something that must never happen, or a difference that must not stay.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// What was removed or disabled was in scope and live all the time.
    case wrongDelete = "wrong delete"
    /// One object of the directory twice in the cloud, or made again without a look.
    case duplicate
    /// At rest the cloud is not what the oracle says.
    case divergence
    /// A request although nothing had changed.
    case unrest = "request after quiescence"
    /// The engine did not come to rest.
    case neverQuiet = "never quiet"
    /// A request that contradicts what the sink itself answered before, or that comes out of order.
    case misuse
    /// Something was changed while the base of the scope was gone.
    case changeWithoutBase = "change without base"
    /// The provisioning log does not tell what was done.
    case untrueLog = "untrue log"
  }

  package let kind: Kind
  package let detail: String

  package var description: String { "\(kind.rawValue): \(detail)" }
}
