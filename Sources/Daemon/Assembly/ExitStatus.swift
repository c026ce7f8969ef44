import ArgumentParser
import SQLiteStore
import Settings

/// Exit statuses of sysexits(3h). The unit file relies on 78: a wrong configuration is not restarted in a loop.
enum ExitStatus: Int32 {
  case ioError = 74
  case temporaryFailure = 75
  case configuration = 78

  init(_ error: any Error) {
    self =
      switch error {
      case is InvalidSettings: .configuration
      case StoreError.locked: .temporaryFailure
      default: .ioError
      }
  }

  var code: ExitCode { ExitCode(rawValue) }
}
