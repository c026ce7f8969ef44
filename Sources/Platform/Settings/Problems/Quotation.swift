/// Text of a file as it may stand in a message: in quotes and cut to a bearable length.
func quotation(_ text: String, limit: Int = 120) -> String {
  let isCut = text.unicodeScalars.count > limit
  return "\"" + visible(isCut ? String(text.unicodeScalars.prefix(limit)) + "…" : text) + "\""
}

/// Text whose control characters are shown and not obeyed, so that no file can write lines of its own into a log.
func visible(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
