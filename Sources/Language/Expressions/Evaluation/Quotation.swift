/// A value as a message shows it: on one line, not longer than a line.
enum Quotation {
  private static let limit = 60

  static func text(_ value: ExpressionValue) -> String {
    switch value {
    case .null: "no value"
    case .bytes(let bytes): "\(bytes.count) bytes"
    case .many(let values): "\(values.count) values, the first of them \(text(values.first ?? .null))"
    case .number, .boolean, .date: value.asText ?? ""
    case .text(let text), .reference(let text): self.text(text)
    }
  }

  static func text(_ text: String) -> String {
    var quoted = "\""
    for (index, scalar) in text.unicodeScalars.prefix(limit + 1).enumerated() {
      guard index < limit else { return quoted + "…\"" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
