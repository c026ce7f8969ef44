import FoundationEssentials
package import Logging

/// Chooses where the log goes.
package enum LoggingSetup {
  /// To be called once, before the first logger is made. To the journal when stderr leads there, else to it as text.
  package static func bootstrap(level: Logger.Level) {
    let journalStream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"]
    if Journal.isBehindStandardError(journalStream: journalStream) {
      LoggingSystem.bootstrap(
        { _, provider in
          var handler = JournalLogHandler(level: level)
          handler.metadataProvider = provider
          return handler
        },
        metadataProvider: nil
      )
    } else {
      LoggingSystem.bootstrap(
        { _, provider in
          var handler = StandardErrorLogHandler(level: level)
          handler.metadataProvider = provider
          return handler
        },
        metadataProvider: nil
      )
    }
  }
}
