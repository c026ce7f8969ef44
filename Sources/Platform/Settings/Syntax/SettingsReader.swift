import Words

/// Reads the kinds of values that settings are made of from one table, and gathers the files that they name.
struct SettingsReader {
  private var table: TableReader
  private let file: String
  private(set) var references: [FileReference] = []

  init(_ table: TableReader, file: String) {
    self.table = table
    self.file = file
  }

  // MARK: Plain values

  func has(_ key: String) -> Bool { table.has(key) }
  func isEmptyArray(_ key: String) -> Bool { table.isEmptyArray(key) }
  mutating func node(_ key: String) -> TOMLNode? { table.node(key) }
  mutating func boolean(_ key: String) -> Bool? { table.boolean(key) }
  mutating func strings(_ key: String) -> [(path: KeyPath, text: String)]? { table.strings(key) }

  /// Text without control characters, neither empty nor beyond any sensible length.
  mutating func text(_ key: String) -> String? {
    guard let text = table.string(key) else { return nil }
    guard !text.isEmpty else {
      report(key, "is empty", remedy: "Give a value or remove the key")
      return nil
    }
    guard text.utf8.count <= 4096, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      report(key, "holds control characters or more than 4096 bytes", remedy: "Give one line of text")
      return nil
    }
    return text
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let number = table.integer(key) else { return nil }
    guard range.contains(number) else {
      report(key, "\(number) is out of range", remedy: "Give a number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String,
    _: Choice.Type
  ) -> Choice? {
    guard let text = table.string(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let hint = nearestWord(to: text, among: words).map { "Did you mean \"\($0)\"?" }
    report(
      key,
      "\(quotation(text)) is not a choice",
      remedy: hint ?? "Choose one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
    )
    return nil
  }

  mutating func duration(_ key: String, atLeast minimum: Duration) -> Duration? {
    guard let text = table.string(key) else { return nil }
    guard let duration = DurationSyntax.parse(text) else {
      report(key, "\(quotation(text)) is not a time", remedy: DurationSyntax.remedy)
      return nil
    }
    guard duration >= minimum else {
      report(
        key,
        "\(quotation(text)) is too short",
        remedy: "Give at least \(DurationSyntax.text(of: minimum))"
      )
      return nil
    }
    return duration
  }

  // MARK: Files

  /// A path; a relative one counts from the folder of the settings file.
  mutating func path(_ key: String) -> String? {
    guard let text = text(key) else { return nil }
    return SettingsFile.resolve(text, besides: file)
  }

  /// The path of a file that must be readable when the settings are put to use.
  mutating func readableFile(_ key: String) -> String? {
    guard let path = path(key) else { return nil }
    note(.file(path), key)
    return path
  }

  /// `{ credential = "NAME" }` or `{ file = "PATH" }`.
  mutating func secret(_ key: String) -> SecretSource? {
    if case .string? = table.node(key) {
      report(
        key,
        "a secret must not stand in a settings file",
        remedy:
          #"Give { credential = "NAME" } or { file = "PATH" }, and change the secret if others could read it here"#
      )
      return nil
    }
    guard var source = self.table(key) else { return nil }
    let credential = source.text("credential")
    let path = source.path("file")
    source.finish(into: &self)
    switch (credential, path) {
    case (let name?, nil):
      guard !name.contains("/"), name != ".", name != "..", name.utf8.count <= 255 else {
        report(key, "\(quotation(name)) is not the name of a credential", remedy: "Give the name without its path")
        return nil
      }
      note(.secret(.credential(name)), key)
      return .credential(name)
    case (nil, let path?):
      note(.secret(.file(path)), key)
      return .file(path)
    case (nil, nil) where source.has("credential") || source.has("file"):
      return nil  // reported above
    default:
      report(
        key,
        "needs either a credential or a file",
        remedy: #"Give { credential = "NAME" } or { file = "PATH" }"#
      )
      return nil
    }
  }

  mutating func note(_ target: FileReference.Target, _ key: String) {
    let place = table.path.appending(key)
    references.append(
      FileReference(target: target, file: file, line: table.report.line(of: place), key: place.description)
    )
  }

  // MARK: Tables

  mutating func table(_ key: String) -> SettingsReader? {
    table.table(key).map { SettingsReader($0, file: file) }
  }

  mutating func tables(_ key: String) -> [SettingsReader] {
    table.tables(key).map { SettingsReader($0, file: file) }
  }

  /// Ends the reading of a table: unknown keys are reported.
  func finish() { table.reportUnknownKeys() }

  /// Ends the reading of a table inside another one.
  func finish(into outer: inout SettingsReader) {
    finish()
    outer.references += references
  }

  // MARK: Problems

  func report(_ key: String, _ message: String, remedy: String) {
    table.report.add(table.path.appending(key), message, remedy: remedy)
  }

  func report(at path: KeyPath, _ message: String, remedy: String) {
    table.report.add(path, message, remedy: remedy)
  }

  func reportMissing(_ key: String, example: String) { table.reportMissing(key, example: example) }
}
