extension String {
  /// Text of a stranger made fit for one line of a log: valid, without control characters, not longer than `limit` characters.
  package init(printable bytes: some Collection<UInt8>, limit: Int = 500) {
    // A character has at most 4 bytes; more of the text is not even looked at.
    let text = String(decoding: bytes.prefix(4 * limit), as: UTF8.self)
    var printable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      // AD ends its texts with a zero byte; format characters could turn the direction of the line.
      case .control, .format, .lineSeparator, .paragraphSeparator: printable.append(" ")
      default: printable.append(scalar)
      }
    }
    while printable.last == " " { printable.removeLast() }
    self = String(printable.drop { $0 == " " })
  }
}
