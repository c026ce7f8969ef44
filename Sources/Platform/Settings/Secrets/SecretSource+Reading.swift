import FoundationEssentials
import Glibc

extension SecretSource {
  /// No password, token or key comes near it.
  private static let maximumSize = 64 << 10

  /// The folder in which systemd puts the credentials of this service; nil when it was given none.
  package static var credentialsDirectory: String? {
    ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
  }

  /// The secret as text, without line ends after it.
  package func readText(
    credentialsDirectory: String? = SecretSource.credentialsDirectory
  ) throws(SecretError) -> String {
    guard
      let text = String(validating: try read(credentialsDirectory: credentialsDirectory), as: UTF8.self),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw failure("is not one line of text", remedy: "Store the secret alone, in UTF-8, without further lines")
    }
    return text
  }

  /// The secret, without line ends after it. Reads the file anew each time, so that a changed secret is taken up.
  package func read(
    credentialsDirectory: String? = SecretSource.credentialsDirectory
  ) throws(SecretError) -> [UInt8] {
    var bytes: [UInt8]
    do {
      let file = try FileDescriptor(opening: try path(in: credentialsDirectory), O_RDONLY | O_NONBLOCK)
      try check(try file.status())
      bytes = try file.readToEnd(limit: Self.maximumSize)
    } catch let error as SecretError {
      throw error
    } catch let error as FileError {
      throw failure(error.reason, remedy: remedy(for: error))
    } catch {
      throw failure("cannot be read", remedy: supplyRemedy)
    }
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard !bytes.isEmpty else { throw failure("is empty", remedy: supplyRemedy) }
    return bytes
  }

  private func path(in credentialsDirectory: String?) throws(SecretError) -> String {
    switch self {
    case .file(let path): return path
    case .credential(let name):
      guard let credentialsDirectory else {
        throw failure("was not supplied: the service has no credentials", remedy: supplyRemedy)
      }
      return credentialsDirectory + "/" + name
    }
  }

  /// systemd's own files are not checked: since version 256 or so they are 0440 with an access list.
  private func check(_ status: FileStatus) throws(SecretError) {
    guard status.isRegularFile else { throw failure("is not a regular file", remedy: supplyRemedy) }
    guard case .file(let path) = self else { return }
    let user = geteuid()
    guard status.owner == 0 || status.owner == user else {
      throw failure(
        "belongs to the user with id \(status.owner), who can read and change it",
        remedy: "Give it to the user that adprovd runs as: chown \(user) \(path)"
      )
    }
    guard status.permissions & 0o077 == 0 else {
      throw failure(
        "is open to other users (mode \(octal(status.permissions)))",
        remedy: "Close it: chmod 600 \(path)"
      )
    }
  }

  private func failure(_ reason: String, remedy: String) -> SecretError {
    SecretError(source: self, reason: reason, remedy: remedy)
  }

  private func remedy(for error: FileError) -> String {
    guard case .file(let path) = self, error.code == EACCES else { return supplyRemedy }
    return "Give it to the user that adprovd runs as (chown \(geteuid()) \(path)), or load it as a credential"
  }

  private var supplyRemedy: String {
    switch self {
    case .credential(let name):
      "Add LoadCredential=\(name):PATH or LoadCredentialEncrypted=\(name):PATH to the unit and restart it,"
        + " or use { file = \"PATH\" } with a file of mode 0600"
    case .file: "Write the secret into the file, with mode 0600 and owned by the user that adprovd runs as"
    }
  }
}

private func octal(_ mode: UInt32) -> String {
  let digits = String(mode, radix: 8)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
