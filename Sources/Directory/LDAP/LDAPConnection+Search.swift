import CLDAP

extension LDAPConnection: LDAPClient {
  /// Gives the entries as they come: `deliver` gets at most 1,000, or about 4 MiB, at a time, and nothing more is read
  /// before it returns. Returns the controls of the final answer.
  ///
  /// When `deliver` throws or the task is cancelled, the server is told to stop.
  ///
  /// - Throws: `LDAPError`, `CancellationError` or what `deliver` throws.
  package nonisolated func search(
    _ search: LDAPSearch,
    deliver: ([LDAPEntry]) async throws -> Void
  ) async throws -> [LDAPControl] {
    let identifier = try await start(search)
    do {
      while true {
        let batch = try await nextBatch(of: identifier, timeout: search.timeout ?? options.responseTimeout)
        if !batch.entries.isEmpty { try await deliver(batch.entries) }
        if let controls = batch.end { return controls }
      }
    } catch {
      await abandon(identifier)
      throw error
    }
  }

  private static let batchCount = 1000
  private static let batchSize = 4 << 20
  /// libldap can be woken by nothing but the server, so the wait for it is cut into slices between which the task is
  /// asked whether it was cancelled.
  static let slice: Duration = .milliseconds(200)

  private func start(_ search: LDAPSearch) throws(LDAPError) -> Int32 {
    let handle = try openHandle()
    var identifier: Int32 = 0
    let scope = search.scope == .base ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE
    let code = unsafe withCStrings(search.attributes) { attributes in
      unsafe LDAPControl.withLibraryForm(of: search.controls) { controls in
        unsafe ldap_search_ext(
          handle.pointer,
          search.base,
          scope,
          search.filter,
          attributes,
          0,
          controls,
          nil,
          nil,
          0,
          &identifier
        )
      }
    }
    guard code == LDAP_SUCCESS else {
      throw LDAPError(.search, LDAPResultCode(rawValue: code), handle.diagnosticMessage)
    }
    return identifier
  }

  private func nextBatch(of identifier: Int32, timeout: Duration) throws -> LDAPBatch {
    let handle = try openHandle()
    var entries: [LDAPEntry] = []
    var size = 0
    var lastSign = ContinuousClock.now
    while entries.count < Self.batchCount, size < Self.batchSize {
      try Task.checkCancellation()
      let message = try handle.nextMessage(of: identifier, within: Self.slice, phase: .search)
      guard let message else {
        if ContinuousClock.now - lastSign > timeout {
          throw LDAPError(.search, .timeout, "the server was silent for \(timeout)")
        }
        continue
      }
      lastSign = .now
      switch message {
      case .entry(let entry):
        size += entry.size
        entries.append(entry)
      case .result(let answer):
        guard answer.code.rawValue == LDAP_SUCCESS else {
          throw LDAPError(.search, answer.code, answer.text)
        }
        return LDAPBatch(entries: entries, end: answer.controls)
      case .other: break
      }
    }
    return LDAPBatch(entries: entries, end: nil)
  }

  private func abandon(_ identifier: Int32) {
    guard let handle else { return }
    unsafe ldap_abandon_ext(handle.pointer, identifier, nil, nil)
  }
}

extension LDAPEntry {
  /// About the memory it takes.
  fileprivate var size: Int {
    attributes.reduce(name.count) { size, attribute in
      attribute.values.reduce(size + 64) { $0 + $1.count + 32 }
    }
  }
}

/// Lends strings as the nil-terminated array that C wants.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
  var copies = unsafe strings.map { unsafe ldap_strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
  defer { unsafe copies.forEach { unsafe ldap_memfree($0) } }
  return unsafe copies.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
}
