import Glibc

/// A file or credential that settings name, and where they do.
struct FileReference: Hashable, Sendable {
  enum Target: Hashable, Sendable {
    case secret(SecretSource)
    case file(String)
  }

  let target: Target
  let file: String
  let line: Int?
  let key: String

  /// What keeps it from being read now; nil when nothing does.
  func problem() -> SettingsProblem? {
    switch target {
    case .secret(let source):
      do throws(SecretError) {
        _ = try source.read()
        return nil
      } catch {
        return problem("\(error.source) \(error.reason)", remedy: error.remedy)
      }
    case .file(let path):
      do throws(FileError) {
        let status = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK).status()
        return status.isRegularFile ? nil : problem("\(path) is not a regular file", remedy: "Correct the path")
      } catch {
        return problem("\(path) \(error.reason)", remedy: "Correct the path, or let the user of adprovd read the file")
      }
    }
  }

  private func problem(_ message: String, remedy: String) -> SettingsProblem {
    SettingsProblem(file: file, line: line, key: key, message: message, remedy: remedy)
  }
}
