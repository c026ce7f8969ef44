/// One thing that is wrong with a settings file: where it stands, what it is and what to do about it.
package struct SettingsProblem: Hashable, Sendable {
  package let file: String
  /// Counted from 1; nil when the place is not known, for example of a key that is missing.
  package let line: Int?
  /// Full key, such as `scope.include[2]` for its second element; nil when the file as a whole is meant.
  package let key: String?
  /// Never holds a secret; text from the file is quoted and cut.
  package let message: String
  package let remedy: String

  package init(file: String, line: Int? = nil, key: String? = nil, message: String, remedy: String) {
    self.file = file
    self.line = line
    self.key = key
    self.message = message
    self.remedy = remedy
  }
}

extension SettingsProblem: CustomStringConvertible {
  package var description: String {
    let place = [visible(file), line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return [place, key].compactMap(\.self).joined(separator: ": ") + ": \(message). \(remedy)"
  }
}

/// All that is wrong with a file, in the order of its lines.
package struct InvalidSettings: Error, Hashable, Sendable, CustomStringConvertible {
  package let problems: [SettingsProblem]

  package init(_ problems: [SettingsProblem]) {
    self.problems = problems
  }

  /// One problem a line.
  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
