/// Answer of `POST /v1/check`: all that is wrong with a file, or with all files.
package struct CheckReport: Codable, Hashable, Sendable {
  package struct Finding: Codable, Hashable, Sendable {
    package let file: String
    /// Counted from 1; nil when the finding is about the file as a whole.
    package let line: Int?
    /// Dotted, as `scope.include`.
    package let key: String?
    package let message: String
    /// What to do about it.
    package let remedy: String?

    package init(file: String, line: Int? = nil, key: String? = nil, message: String, remedy: String? = nil) {
      self.file = file
      self.line = line
      self.key = key
      self.message = message
      self.remedy = remedy
    }
  }

  /// Empty when all is well.
  package let problems: [Finding]

  package init(problems: [Finding] = []) {
    self.problems = problems
  }
}

/// Answer of `POST /v1/reload` when the files are in force.
package struct ReloadAnswer: Codable, Hashable, Sendable {
  /// Names of the configurations that are in force now.
  package let configurations: [String]

  package init(configurations: [String]) {
    self.configurations = configurations
  }
}
