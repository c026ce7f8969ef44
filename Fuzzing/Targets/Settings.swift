import Model
import Words
@testable import SCIM
@testable import Settings

extension FuzzTarget {
  static let duration = FuzzTarget("duration", maximumSize: 64) { input in
    guard let duration = DurationSyntax.parse(input.text) else { return }
    require(duration >= .zero, "a time is not negative")
    let written = DurationSyntax.text(of: duration)
    require(DurationSyntax.parse(written) == duration, "the written form reads as the same time")
  }

  static let hostName = FuzzTarget("host-name", maximumSize: 300) { input in
    let text = input.text
    let isName = HostName.isName(text)
    let isAddress = HostName.isAddress(text)
    require(!(isName && isAddress), "a name is no address")
    if isName || isAddress { require(isPlainWord(text, limit: 253), "a host is a plain word") }
    if MailAddress.isValid(text) {
      require(isPlainWord(text, limit: 254), "a mail address is a plain word")
      require(text.utf8.count { $0 == UInt8(ascii: "@") } == 1, "a mail address has one @")
    }
    if ConfigurationName.isValid(text) {
      require(isPlainWord(text, limit: 63), "a configuration's name is a plain word")
      require(!text.utf8.contains { "./\\".utf8.contains($0) }, "a configuration's name is no path")
    }
    _ = nearestWord(to: text, among: ["notification-emails", "interval", "scope"])
  }

  private static func isPlainWord(_ text: String, limit: Int) -> Bool {
    (1...limit).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") }
  }

  static let targetPath = FuzzTarget("target-path", maximumSize: 256) { input in
    let text = input.text
    if let flaw = TargetPathSyntax.flaw(of: text) {
      require(flaw.isPrintable, "what is wrong with a path fits a line of a log")
    } else {
      require(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "a path is printable ASCII")
      require(SCIMPath(TargetPath(text)) != nil, "a path that settings accept is one to the sink")
    }
  }

  static let document = FuzzTarget("document") { input in
    let text = input.text
    let count = text.utf8.count
    let lines = 1 + text.utf8.count { $0 == UInt8(ascii: "\n") }
    let layout = DocumentLayout(text)
    for (path, assignment) in layout.assignments {
      require((1...lines).contains(assignment.line), "an assignment stands on a line of the document")
      require(assignment.elementLines.allSatisfy { (assignment.line...lines).contains($0) }, "so do its elements")
      require(assignment.value.upperBound <= assignment.nextLine, "the value ends before the next line")
      require(assignment.nextLine <= count, "the next line is in the document")
      require(layout.line(of: path) == assignment.line, "the line is found by the path")
      require(layout.line(of: path.appending("x").appending(0)) != nil, "below a value, its line is found")
      require(path.description.isPrintable, "a path fits a line of a log")
    }
  }

  /// Whatever text is written into a document stays one value.
  static let documentText = FuzzTarget("document-text") { input in
    let text = input.text
    let written = TOMLText.string(text)
    let document = "key = \(written)\nnext = 1\n"
    let assignments = DocumentLayout(document).assignments
    require(assignments.count == 2, "a text becomes one value")
    let value = assignments[.root.appending("key")]?.value
    require(value == 6..<(6 + written.utf8.count), "a text becomes the whole value")
    require(Self.content(of: written)?.isIdentical(to: text) == true, "a text is read as it was written")
    let message = quotation(text)
    require(message.isPrintable && message.unicodeScalars.count <= 12 * 120, "a quotation fits a line of a log")
  }

  /// What a string in TOML 1.0 says, for the forms and escapes that `TOMLText` writes; nil for what is none.
  private static func content(of written: String) -> String? {
    let scalars = Array(written.unicodeScalars)
    guard scalars.count >= 2, let quote = scalars.first, scalars.last == quote else { return nil }
    var rest = scalars.dropFirst().dropLast()
    var content = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard scalar != quote, scalar.value >= 0x20 else { return nil }
      guard quote == "\"", scalar == "\\" else {
        content.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "u":
        var digits = String.UnicodeScalarView()
        for _ in 0..<4 { digits.append(rest.popFirst() ?? " ") }
        guard let value = UInt32(String(digits), radix: 16), let decoded = Unicode.Scalar(value) else { return nil }
        content.append(decoded)
      case let escaped? where escaped == "\"" || escaped == "\\": content.append(escaped)
      default: return nil
      }
    }
    return String(content)
  }
}
