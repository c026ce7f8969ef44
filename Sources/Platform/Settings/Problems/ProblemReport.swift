/// Collects the problems of one file while it is read, and finds their lines.
final class ProblemReport {
  let file: String
  private let layout: DocumentLayout
  private var problems: [SettingsProblem] = []

  init(file: String, text: String) {
    self.file = file
    layout = DocumentLayout(text)
  }

  func add(_ problem: SettingsProblem) {
    problems.append(problem)
  }

  func add(_ key: KeyPath, _ message: String, remedy: String) {
    add(
      SettingsProblem(
        file: file,
        line: layout.line(of: key),
        key: key.description,
        message: message,
        remedy: remedy
      )
    )
  }

  func line(of key: KeyPath) -> Int? { layout.line(of: key) }

  /// Throws when anything was reported.
  func finish() throws(InvalidSettings) {
    guard !problems.isEmpty else { return }
    let sorted = problems.enumerated().sorted {
      ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset)
    }
    throw InvalidSettings(sorted.map(\.element))
  }
}
