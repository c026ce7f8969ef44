package import Model

/// What the entries of one run have in common.
package struct LogBook: Sendable {
  let run: Int64?
  let mapping: Mapping
  let bell: LogBell

  package init(run: Int64? = nil, mapping: Mapping = Mapping(rules: [:]), bell: LogBell = LogBell()) {
    self.run = run
    self.mapping = mapping
    self.bell = bell
  }
}

/// Writes entries within the transaction that stores what they tell of, so that the log cannot disagree with the links.
struct LogWriter {
  private let store: any StoreWriter
  private let book: LogBook
  private let now: Timestamp
  private var namer: ObjectNamer

  init(_ book: LogBook, _ store: any StoreWriter, at now: Timestamp) {
    self.book = book
    self.store = store
    self.now = now
    namer = ObjectNamer(store)
  }

  mutating func append(
    _ link: LinkRecord,
    _ action: LogAction,
    _ verdict: LogVerdict,
    changes: [AttributeChange] = [],
    members: LoggedMembers? = nil
  ) throws {
    try store.append(
      LogEntry(
        configuration: link.configuration,
        run: book.run,
        time: now,
        guid: link.guid,
        kind: link.kind,
        name: try namer.name(of: link.object, link.guid),
        action: action,
        status: verdict.status,
        code: verdict.code.map { LogValue.cut($0, to: LogValue.codeLimit) },
        reason: verdict.reason.map { book.mapping.logged($0, about: changes) },
        remoteID: (verdict.remoteID ?? link.remoteID).map { LogValue.cut($0) },
        changes: book.mapping.logged(changes),
        members: members
      )
    )
  }

  mutating func member(_ id: ObjectID, _ guid: GUID) throws -> LoggedMembers.Member {
    LoggedMembers.Member(guid: guid, name: try namer.name(of: id, guid))
  }
}

/// How an operation ended, in the words of the log.
struct LogVerdict {
  var status: LogStatus
  var code: String?
  var reason: String?
  var remoteID: String?
}

extension LogVerdict {
  /// Nil when nothing happened that the log should tell of.
  init?(_ outcome: OperationOutcome) {
    switch outcome {
    case .done(let remoteID): self.init(status: .success, remoteID: remoteID)
    case .linkStale(let reason): self.init(status: .failure, code: "gone", reason: reason)
    case .retry(let reason): self.init(status: .failure, code: "temporary", reason: reason)
    case .unknown(let reason): self.init(status: .failure, code: "no-answer", reason: reason)
    case .rejected(let code, let reason): self.init(status: .failure, code: code, reason: reason)
    case .adopted(let remoteID, let code, let reason):
      self.init(status: .failure, code: code, reason: reason, remoteID: remoteID)
    case .membersRefused, .notSent, .unavailable: return nil
    }
  }

  /// In scope, but no resource can be made of it.
  static func unmappable(_ reason: String) -> LogVerdict {
    LogVerdict(status: .skipped, code: "unmappable", reason: reason)
  }
}
