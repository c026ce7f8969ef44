import Logging
import Model

/// Asks a domain controller about once a second whether anything moved, so that a change travels at once. The timers of
/// the configurations stay the guarantee.
struct Doorbell: Sendable {
  let pipeline: DomainPipeline
  let time: any TimeSource
  let logger: Logger
  /// Called after something was imported or evaluated.
  let ring: @Sendable () async -> Void

  private static let pace = Duration.seconds(1)
  private static let paceAfterFailure = Duration.seconds(10)

  /// Until the task is cancelled.
  func run() async {
    var heard: DirectoryPulse?
    while !Task.isCancelled {
      var pause = Self.pace
      do {
        let pulse = try await pipeline.pulse()
        if pulse != heard {
          let began = time.now()
          let report = try await pipeline.refresh()
          heard = pulse
          if report.imported + report.evaluated > 0 { await ring() }
          // Much of what moves a controller concerns nobody here: listening takes at most a tenth of its time.
          pause = max(pause, (time.now() - began) * 10)
        }
      } catch {
        // The runs say what is wrong, and when it is mended.
        logger.debug("the domain controller does not answer the doorbell", metadata: ["reason": "\(error)"])
        pause = Self.paceAfterFailure
      }
      guard (try? await time.sleep(for: pause)) != nil else { return }
    }
  }
}
