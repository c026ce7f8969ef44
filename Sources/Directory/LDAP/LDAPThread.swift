import Glibc
import Synchronization

/// One thread of its own that runs the jobs of one actor, so that calls which block never hold up Swift's shared pool.
///
/// The thread lives until `stop()`; whoever made it must call that.
@safe
final class LDAPThread: SerialExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  // A semaphore exists to be used by several threads at once; the pointer itself never changes.
  private nonisolated(unsafe) let wakeUps: UnsafeMutablePointer<sem_t>

  /// - Throws: the system's reason when it has no thread to give.
  init() throws(LDAPError) {
    unsafe wakeUps = .allocate(capacity: 1)
    unsafe sem_init(wakeUps, 0, 0)
    var thread = pthread_t()
    let owner = unsafe Unmanaged.passRetained(self)
    let failure = unsafe pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<LDAPThread>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      },
      owner.toOpaque()
    )
    guard failure == 0 else {
      unsafe owner.release()
      throw LDAPError(.connect, .localError, "no thread for the connection: \(systemReason(failure))")
    }
    pthread_detach(thread)
  }

  deinit {
    unsafe sem_destroy(wakeUps)
    unsafe wakeUps.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    unsafe sem_post(wakeUps)
  }

  /// Ends the thread once it has run what is waiting.
  func stop() {
    state.withLock { $0.isStopped = true }
    unsafe sem_post(wakeUps)
  }

  private func run() {
    // A peer that has gone must show as an error of write(2), not end the process. Blocking the signal here is enough
    // since it goes to the thread that wrote.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)

    while true {
      while unsafe sem_wait(wakeUps) != 0 {}  // interrupted by a signal
      let jobs = state.withLock { state in
        defer { state.jobs = [] }
        return state.jobs
      }
      for job in jobs { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
      if state.withLock({ $0.isStopped && $0.jobs.isEmpty }) { return }
    }
  }
}
