import Glibc

/// Text files in which settings stand.
enum SettingsFile {
  static func read(_ path: String) throws(InvalidSettings) -> String {
    do throws(FileError) {
      let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
      guard try file.status().isRegularFile else { throw FileError(code: EISDIR) }
      let bytes = try file.readToEnd(limit: TOMLNode.maximumSize)
      if let text = String(validating: bytes, as: UTF8.self) { return text }
    } catch {
      throw InvalidSettings([
        SettingsProblem(file: path, message: error.reason, remedy: "Check the path and the rights of the file")
      ])
    }
    throw InvalidSettings([
      SettingsProblem(file: path, message: "is not UTF-8 text", remedy: "Save it in UTF-8, as TOML asks for")
    ])
  }

  /// A path as a file means it: a relative one counts from the folder of that file.
  static func resolve(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
