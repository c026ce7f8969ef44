/// Why a secret could not be had; names its source, never its content.
package struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
  package let source: SecretSource
  package let reason: String
  package let remedy: String

  package var description: String { "\(source) \(reason). \(remedy)" }
}
