extension Pattern {
  /// Names of the pattern's groups.
  package var groupNames: Set<String> { Set(compiled.names.keys) }

  /// The text with each match replaced by what the closure makes of it.
  package func replacing(
    in text: String,
    with replacement: (PatternMatch) -> String
  ) throws(PatternFailure) -> String {
    var result = ""
    var position = text.startIndex
    for match in try matches(in: text) {
      result += text[position..<match.range.lowerBound]
      result += replacement(match)
      position = match.range.upperBound
    }
    return result + text[position...]
  }

  /// The text with each match replaced. In the template `$1`, `${1}` and `${name}` stand for groups, `$0` and `$&` for
  /// the match, `$$` for a dollar sign; a group that took no part gives nothing, and what names no group stays as it
  /// stands (.NET, "Substitutions in Regular Expressions").
  package func replacing(in text: String, template: String) throws(PatternFailure) -> String {
    let template = PatternTemplate(template)
    return try replacing(in: text) { template.pieces(for: $0, in: text).joined() }
  }
}
