import Engine
import LDAP
import Logging
import Model

/// The sessions with a domain, all with one domain controller as long as that answers: changing it costs DirSync a
/// repetition, and another one may lag behind what was read already.
///
/// Each use has a session to itself, so that a read of single objects in the middle of a long DirSync neither waits for it
/// nor mixes with it.
actor ControllerSessions {
  private let options: ActiveDirectoryOptions
  private let connector: LDAPConnector
  private let list: ControllerList
  private let time: any TimeSource
  private let logger: Logger
  private var idle: [DomainSession] = []
  /// The controller in use; nil until there was one.
  private var current: Current?
  /// Since when the controller in use does not answer.
  private var lostSince: Timestamp?
  /// In which site the last controller found this host to be.
  private var clientSite: String?
  /// Counts the calls of `closeAll`, so that sessions lent before one are not kept after it.
  private var epoch = 0

  private struct Current {
    let controller: DomainController
    let invocationID: GUID
    let since: Timestamp
    /// Nil once it must be found out anew.
    var method: ReadMethod?
  }

  /// One for the changes, one for single objects.
  private static let maximumIdle = 2

  /// A domain controller may end a connection when the Kerberos ticket that opened it ends, also in the middle of an
  /// answer. Tickets last ten hours by default, and four for members of Protected Users.
  static let maximumAge: Duration = .seconds(3600)

  struct Loan: Sendable {
    let session: DomainSession
    fileprivate let epoch: Int
  }

  init(
    _ options: ActiveDirectoryOptions,
    connector: @escaping LDAPConnector,
    locator: any ServiceLocator,
    time: any TimeSource,
    logger: Logger
  ) {
    self.options = options
    self.connector = connector
    list = ControllerList(options: options, locator: locator)
    self.time = time
    self.logger = logger
  }

  /// - Throws: `DirectoryError` that names every controller, or `CancellationError`.
  func take() async throws -> Loan {
    while let session = idle.popLast() {
      if !isOld(session) {
        if await isAlive(session) { return Loan(session: session, epoch: epoch) }
        logger.debug(
          "the domain controller closed an idle connection",
          metadata: ["controller": "\(session.controller)"]
        )
      }
      await session.connection.close()
    }
    let session = try await connect()
    return Loan(session: session, epoch: epoch)
  }

  func giveBack(_ loan: Loan, isHealthy: Bool) async {
    let isCurrent =
      loan.session.controller == current?.controller && loan.session.invocationID == current?.invocationID
    guard isHealthy, isCurrent, loan.epoch == epoch, idle.count < Self.maximumIdle else {
      return await loan.session.connection.close()
    }
    idle.append(loan.session)
  }

  func closeAll() async {
    epoch += 1
    current?.method = nil
    let sessions = idle
    idle = []
    for session in sessions { await session.connection.close() }
  }

  /// Domain controllers end idle connections (MaxConnIdleTime, 15 minutes); asking takes a millisecond.
  private func isAlive(_ session: DomainSession) async -> Bool {
    var question = LDAPSearch(base: "", attributes: ["1.1"])
    question.timeout = options.connectTimeout
    return (try? await session.connection.entry(question)) != nil
  }

  private func isOld(_ session: DomainSession) -> Bool {
    let age = time.now().milliseconds - session.openedAt.milliseconds
    // A clock that was set back says nothing about the age.
    return age < 0 || age >= Self.maximumAge.milliseconds
  }

  private func connect() async throws -> DomainSession {
    var tried: [DomainController] = []
    var failures: [DirectoryError] = []
    if let controller = current?.controller {
      do {
        return try await open(controller)
      } catch let error as DirectoryError {
        try endEarly(error)
        guard hasBeenLostForLong() else { throw error }
        tried.append(controller)
        failures.append(error)
      }
    }
    for controller in try await list.controllers(site: clientSite) where !tried.contains(controller) {
      try Task.checkCancellation()
      do {
        return try await open(controller)
      } catch let error as DirectoryError {
        try endEarly(error)
        logger.debug(
          "cannot use domain controller",
          metadata: ["controller": "\(controller)", "reason": "\(error)"]
        )
        tried.append(controller)
        failures.append(error)
      }
    }
    throw DirectoryError(all: failures, of: tried)
  }

  /// The other controllers would say the same, and each wrong try brings the account nearer to being locked out.
  private func endEarly(_ error: DirectoryError) throws {
    switch error {
    case .credentialsRefused, .unusableSettings: throw error
    default: break
    }
  }

  /// Whether the controller in use is given up; only asked when it did not answer.
  private func hasBeenLostForLong() -> Bool {
    let now = time.now()
    // A clock that was set back begins the wait anew.
    let since = min(lostSince ?? now, now)
    lostSince = since
    current?.method = nil
    return now.milliseconds - since.milliseconds >= options.failoverDelay.milliseconds
  }

  private func open(_ controller: DomainController) async throws -> DomainSession {
    let now = time.now()
    var session = try await DomainSession.open(controller, options, connect: connector)
    session.openedAt = now
    do {
      let isSame = current?.controller == controller && current?.invocationID == session.invocationID
      let known = isSame ? current?.method : nil
      session.method =
        if let known { known } else { try await MethodProbe(session: session, logger: logger).method(options.method) }
      session.inUseSince = isSame ? current?.since ?? time.now() : time.now()
      if options.controllers.isEmpty, options.site == nil, !isSame { try await learnSite(from: session) }
    } catch {
      await session.connection.close()
      guard let error = error as? LDAPError else { throw error }
      throw DirectoryError(error, controller: controller, identity: "\(options.credentials)")
    }
    lostSince = nil
    current = Current(
      controller: controller,
      invocationID: session.invocationID,
      since: session.inUseSince,
      method: session.method
    )
    logger.info(
      "connected to domain controller",
      metadata: [
        "controller": "\(controller)", "domain": "\(options.domain)",
        "security": "\(options.security.rawValue)", "method": "\(session.method.rawValue)",
      ]
    )
    return session
  }

  /// For the next time that a controller is chosen.
  private func learnSite(from session: DomainSession) async throws {
    guard let answer = try await NetlogonAnswer.read(from: session.connection, domain: options.domain) else { return }
    let isName = answer.clientSite.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    if isName, !answer.clientSite.isEmpty, answer.clientSite.utf8.count <= 63 { clientSite = answer.clientSite }
  }
}
