import Model
import Synchronization

/// What was read of the domain since it was last read in full, from whichever controller.
///
/// The cookie alone forgets that: it is made from the vector of the controller that answered last (MS-DRSR 5.115.10), which
/// need not have what another one has told before.
final class ReadKnowledge: Sendable {
  struct State: Sendable {
    var covered = UpToDatenessVector()
    /// The controllers that issued the cookies.
    var issuers: Set<GUID> = []
  }

  private let state = Mutex(State())

  var present: State { state.withLock { $0 } }

  /// Takes note of the cookie with which changes are asked for; without any the reading begins anew.
  func learn(_ cookie: [UInt8]?) {
    let cookie = cookie.flatMap { $0.isEmpty ? nil : $0 }
    state.withLock { state in
      guard let cookie else {
        state = State()
        return
      }
      guard let read = DirSyncCookie(cookie) else { return }
      state.issuers.insert(read.invocationID)
      for (invocationID, usn) in read.covered?.cursors ?? [:] { state.covered.raise(invocationID, to: usn) }
    }
  }
}
