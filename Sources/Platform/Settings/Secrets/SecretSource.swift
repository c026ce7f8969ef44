/// Where a secret is read from, at the moment it is used; never the secret itself.
package enum SecretSource: Hashable, Sendable {
  /// A credential that systemd hands to the service (systemd.exec(5), "Credentials").
  case credential(String)
  /// Absolute path of a file that belongs to root or to the user of this process and is closed to everybody else.
  case file(String)
}

extension SecretSource: CustomStringConvertible {
  package var description: String {
    switch self {
    case .credential(let name): "credential \(name)"
    case .file(let path): "file \(path)"
    }
  }
}
