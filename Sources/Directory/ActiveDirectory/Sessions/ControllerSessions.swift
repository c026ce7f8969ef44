import Engine
import LDAP
import Logging

/// The sessions with a domain, all with one domain controller as long as that answers: changing it costs DirSync a
/// repetition, and another one may lag behind what was read already.
///
/// Each use has a session to itself, so that a read of single objects in the middle of a long DirSync neither waits for it
/// nor mixes with it.
actor ControllerSessions {
  private let options: ActiveDirectoryOptions
  private let connector: LDAPConnector
  private let logger: Logger
  private var idle: [DomainSession] = []
  /// Index of the controller in use.
  private var current = 0
  /// Counts the calls of `closeAll`, so that sessions lent before one are not kept after it.
  private var epoch = 0

  /// One for the changes, one for single objects.
  private static let maximumIdle = 2

  struct Loan: Sendable {
    let session: DomainSession
    fileprivate let epoch: Int
  }

  init(_ options: ActiveDirectoryOptions, connector: @escaping LDAPConnector, logger: Logger) {
    self.options = options
    self.connector = connector
    self.logger = logger
  }

  /// - Throws: `DirectoryError` that names every controller, or `CancellationError`.
  func take() async throws -> Loan {
    while let session = idle.popLast() {
      if await isAlive(session) { return Loan(session: session, epoch: epoch) }
      logger.debug("the domain controller closed an idle connection", metadata: ["controller": "\(session.controller)"])
      await session.connection.close()
    }
    let session = try await connect()
    return Loan(session: session, epoch: epoch)
  }

  func giveBack(_ loan: Loan, isHealthy: Bool) async {
    let isCurrent = loan.session.controller == options.controllers[current]
    guard isHealthy, isCurrent, loan.epoch == epoch, idle.count < Self.maximumIdle else {
      return await loan.session.connection.close()
    }
    idle.append(loan.session)
  }

  func closeAll() async {
    epoch += 1
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

  private func connect() async throws -> DomainSession {
    var failures: [DirectoryError] = []
    let order = options.controllers.indices.map { (current + $0) % options.controllers.count }
    for index in order {
      try Task.checkCancellation()
      do {
        let session = try await DomainSession.open(options.controllers[index], options, connect: connector)
        current = index
        logger.info(
          "connected to domain controller",
          metadata: [
            "controller": "\(session.controller)", "domain": "\(options.domain)",
            "security": "\(options.security.rawValue)",
          ]
        )
        return session
      } catch let error as DirectoryError {
        // The others would say the same, and each wrong try brings the account nearer to being locked out.
        switch error {
        case .credentialsRefused, .unusableSettings: throw error
        default: break
        }
        logger.debug(
          "cannot use domain controller",
          metadata: ["controller": "\(options.controllers[index])", "reason": "\(error)"]
        )
        failures.append(error)
      }
    }
    throw DirectoryError(all: failures, of: order.map { options.controllers[$0] })
  }
}

extension DirectoryError {
  /// One error for all controllers: the only one, or one that names each with its reason.
  init(all failures: [DirectoryError], of controllers: [DomainController]) {
    guard failures.count > 1 else {
      self = failures.first ?? .unreachable(controller: "(none)", detail: "no domain controller is configured")
      return
    }
    let names = controllers.map(\.description).joined(separator: ", ")
    let details = zip(controllers, failures).map { "\($0): \($1.detail)" }.joined(separator: "; ")
    let areUntrusted = failures.allSatisfy { if case .untrusted = $0 { true } else { false } }
    self =
      areUntrusted ? .untrusted(controller: names, detail: details) : .unreachable(controller: names, detail: details)
  }

  private var detail: String {
    switch self {
    case .unreachable(_, let detail), .untrusted(_, let detail), .credentialsRefused(_, let detail),
      .rightsMissing(_, let detail), .unusableSettings(let detail), .cookieRejected(let detail),
      .behind(_, let detail), .incomplete(let detail), .unexpected(let detail):
      detail
    }
  }
}
