extension NewConfiguration {
  /// The file in TOML 1.0, with defaults left out. Whether the values make sense is for the daemon's parser to say.
  package var toml: String {
    var lines = [Self.line("domain", domain), "enabled = \(enabled ?? false)"]
    if let notificationEmails { lines.append(Self.line("notification-emails", notificationEmails)) }
    if let interval { lines.append(Self.line("interval", interval)) }

    lines += ["", "[scope]", Self.line("mode", scope.mode.rawValue)]
    if let include = scope.include { lines.append(Self.line("include", include)) }
    if let exclude = scope.exclude { lines.append(Self.line("exclude", exclude)) }
    if let nested = scope.nestedGroups { lines.append("nested-groups = \(nested)") }
    if let objectClasses { lines.append(Self.line("object-classes", objectClasses)) }

    lines += ["", "[sink]", Self.line("kind", sink.kind.rawValue)]
    if let endpoint = sink.endpoint { lines.append(Self.line("endpoint", endpoint)) }
    // Both are written when both are given, so that the parser is the one to object.
    let token = [
      sink.tokenFile.map { "file = \(Self.quoted($0))" },
      sink.tokenCredential.map { "credential = \(Self.quoted($0))" },
    ].compactMap(\.self)
    if !token.isEmpty { lines.append("token = { \(token.joined(separator: ", ")) }") }
    if let path = sink.path { lines.append(Self.line("path", path)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ key: String, _ value: String) -> String { "\(key) = \(quoted(value))" }

  private static func line(_ key: String, _ values: [String]) -> String {
    guard values.count > 1 else { return "\(key) = [\(values.map(quoted).joined())]" }
    return "\(key) = [\n" + values.map { "  \(quoted($0)),\n" }.joined() + "]"
  }

  /// A basic string. Everything that TOML does not allow in one is escaped, so that no value can become a key.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
