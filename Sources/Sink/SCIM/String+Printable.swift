extension String {
  /// Fit for a log line or a terminal: no control, format or line-break characters, and not endless.
  func printable(limit: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      guard scalars.count < limit else { return String(scalars) + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        if scalars.last != " " { scalars.append(" ") }
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
