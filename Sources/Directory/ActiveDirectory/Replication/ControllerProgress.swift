import Engine
import LDAP
import Logging
import Model

/// Judges whether a domain controller has all that a cookie covers.
///
/// A controller that lacks a change gives the old value, and no later DirSync corrects it: the cookie says that the change
/// is known already.
struct ControllerProgress {
  let session: DomainSession
  /// How long the session's controller has been in use.
  let timeInUse: Duration
  /// What was read before, also from others.
  let known: ReadKnowledge.State
  let logger: Logger

  /// After a fail-over a controller whose progress cannot be read is trusted after this time: replication within a site
  /// takes seconds, and waiting for ever would be no better. Longer schedules between sites want the right to read.
  static let graceTime: Duration = .seconds(3600)

  static let remedy =
    "Grant the account the right 'Monitor Active Directory Replication' on the domain, or reading of replUpToDateVector"

  /// - Throws: `DirectoryError.behind`, or what reading throws.
  func require(_ cookie: [UInt8]) async throws {
    if let polling = PollingCookie(cookie) {
      if polling.invocationID == session.invocationID { return }
      return try tolerate("the cookie holds nothing by which another controller can be judged")
    }
    guard let cookie = DirSyncCookie(cookie) else { return try tolerate("the cookie cannot be understood") }
    if cookie.invocationID == session.invocationID { return try await requireWhatOthersTold(cookie) }
    guard let covered = cookie.covered else {
      return try tolerate("the cookie is from the middle of an answer and holds nothing by which to judge")
    }
    guard let progress = try await read() else { return try tolerate("it does not show how far it is. \(Self.remedy)") }
    let lacking = progress.lacking(covered)
    guard lacking.isEmpty else {
      throw DirectoryError.behind(
        controller: "\(session.controller)",
        detail: "it has not yet all changes of \(lacking.prefix(3).map(\.description).joined(separator: ", "))"
          + (lacking.count > 3 ? " and \(lacking.count - 3) more" : "")
      )
    }
  }

  /// The cookie is of the session's own controller. After a fail-over that may still lack what was read from another one, and
  /// will for ever if that one does not come back.
  private func requireWhatOthersTold(_ cookie: DirSyncCookie) async throws {
    let hasChanged = !known.issuers.isSubset(of: [session.invocationID])
    guard let progress = try await read() else {
      if hasChanged { try tolerate("it does not show how far it is. \(Self.remedy)") }
      return
    }
    var covered = known.covered
    for (invocationID, usn) in cookie.covered?.cursors ?? [:] { covered.raise(invocationID, to: usn) }
    // Of its own past the doorbell knows more.
    let lacking = progress.lacking(covered).filter { $0 != session.invocationID }
    guard !lacking.isEmpty else { return }
    try tolerate("it has not yet all changes of \(lacking.prefix(3).map(\.description).joined(separator: ", "))")
  }

  /// Nil when it may not be read, or is not there.
  private func read() async throws -> UpToDatenessVector? {
    let head: LDAPEntry?
    do {
      head = try await session.connection.entry(LDAPSearch(base: session.base, attributes: ["replUpToDateVector"]))
    } catch let error as LDAPError where error.code.isRefusal {
      return nil
    }
    guard var vector = head?["replUpToDateVector"]?.first.flatMap({ UpToDatenessVector($0) }) else { return nil }
    let root = try await RootEntry.read(from: session.connection)
    vector.raise(session.invocationID, to: root.highestCommittedUSN)
    return vector
  }

  private func tolerate(_ reason: String) throws {
    guard timeInUse >= Self.graceTime else {
      throw DirectoryError.behind(
        controller: "\(session.controller)",
        detail: "\(reason). It is trusted one hour after it came into use"
      )
    }
    logger.warning(
      "reading from a domain controller that cannot be shown to be up to date",
      metadata: ["controller": "\(session.controller)", "reason": "\(reason)"]
    )
  }
}
