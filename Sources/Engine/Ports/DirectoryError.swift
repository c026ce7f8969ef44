/// Why the directory could not be read; each case carries what a person needs to mend it.
package enum DirectoryError: Error, Hashable, Sendable {
  /// No domain controller answered. `detail` is the library's reason.
  case unreachable(controller: String, detail: String)
  /// TLS was refused: untrusted or misnamed certificate, or no TLS at all.
  case untrusted(controller: String, detail: String)
  /// The settings do not allow to connect at all; no domain controller was asked.
  case unusableSettings(detail: String)
  case credentialsRefused(identity: String, detail: String)
  case rightsMissing(what: String, detail: String)
  /// The cookie is not, or no longer, accepted: everything must be read again.
  case cookieRejected(detail: String)
  /// The controller may lack what was read already from another one.
  case behind(controller: String, detail: String)
  /// The answer ended early (connection lost, size or time limit): nothing may be concluded from what is missing.
  case incomplete(detail: String)
  /// An answer that no domain controller should give.
  case unexpected(detail: String)
}

extension DirectoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let controller, let detail):
      "domain controller \(controller) cannot be reached: \(detail). Check its name, the network and port 389 or 636"
    case .untrusted(let controller, let detail):
      "TLS with domain controller \(controller) failed: \(detail). Set ca-file to the CA that issued its certificate, and connect by a name that the certificate holds"
    case .unusableSettings(let detail):
      "the connection to the directory cannot be set up: \(detail)"
    case .credentialsRefused(let identity, let detail):
      "the directory refused the bind as \(identity): \(detail). Check the account, its password or keytab, and that it is not disabled or expired"
    case .rightsMissing(let what, let detail):
      "the account may not \(what): \(detail). Grant it the rights listed in the documentation"
    case .cookieRejected(let detail):
      "the domain controller rejected the DirSync cookie: \(detail). The directory is read again in full"
    case .behind(let controller, let detail):
      "domain controller \(controller) may lack changes that were read already: \(detail). Objects that must be read in full wait until it has them"
    case .incomplete(let detail):
      "reading the directory stopped early: \(detail). Nothing was lost; the next run goes on"
    case .unexpected(let detail):
      "the directory answered something unexpected: \(detail)"
    }
  }
}
