import Engine
import LDAP
import Logging
import Model
import Synchronization

/// Refuses attributes of which nobody could tell "removed" from "not shown": to an account without the right for it, a
/// confidential attribute looks as if it had no values (MS-ADTS 2.2.9, MS-DRSR 4.1.10.5.8).
struct ConfidentialAttributes {
  let session: DomainSession
  let logger: Logger

  /// Asks about each attribute once in a session: a schema changes, but a session ends soon.
  ///
  /// - Throws: `DirectoryError.rightsMissing` that names them.
  func refuse(_ attributes: Set<AttributeName>) async throws {
    let unknown = attributes.subtracting(session.openAttributes.names)
    guard session.method != .replication, !unknown.isEmpty else { return }
    let confidential = try await confidential(among: unknown)
    guard !confidential.isEmpty else { return session.openAttributes.add(unknown) }
    throw DirectoryError.rightsMissing(
      what: "be sure to read the confidential attributes \(confidential.joined(separator: ", "))",
      detail:
        "their schema has the flag 128, so that missing rights look like missing values. Take them out of the mapping and"
        + " the filters, or grant the replication right and set changes = \"replication\""
    )
  }

  private func confidential(among attributes: Set<AttributeName>) async throws -> [String] {
    guard let schema = session.root.schemaNamingContext else { return skip("it does not name its schema") }
    let names = attributes.sorted().map { "(lDAPDisplayName=\(Self.escaped($0.folded)))" }.joined()
    let search = LDAPSearch(
      base: schema,
      scope: .subtree,
      // LDAP_MATCHING_RULE_BIT_AND, and SEARCH_FLAGS fCONFIDENTIAL (MS-ADTS 3.1.1.3.1.3.1, 2.2.9).
      filter: "(&(objectClass=attributeSchema)(searchFlags:1.2.840.113556.1.4.803:=128)(|\(names)))",
      attributes: ["lDAPDisplayName"]
    )
    var found: [String] = []
    do {
      _ = try await session.connection.search(search) { entries in
        found += entries.compactMap { $0["lDAPDisplayName"]?.first.map { String(printable: $0) } }
      }
    } catch let error as LDAPError where error.code == .noSuchObject {
      return skip(error.detail)
    }
    return found.sorted()
  }

  private func skip(_ reason: String) -> [String] {
    logger.warning(
      "cannot find out which attributes are confidential",
      metadata: ["controller": "\(session.controller)", "reason": "\(reason)"]
    )
    return []
  }

  /// RFC 4515 section 3.
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        String(UnicodeScalar(byte))
      default: "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }.joined()
  }
}

/// The attributes that one session has found not to be confidential.
final class OpenAttributes: Sendable {
  private let found = Mutex<Set<AttributeName>>([])

  var names: Set<AttributeName> { found.withLock { $0 } }

  func add(_ names: Set<AttributeName>) { found.withLock { $0.formUnion(names) } }
}
