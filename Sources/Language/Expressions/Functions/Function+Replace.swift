import Patterns

/// `Replace` does five different things, by which of its arguments are given.
extension Function {
  private enum Argument {
    static let old = 1
    static let pattern = 2
    static let group = 3
    static let replacement = 4
    static let attribute = 5
    static let template = 6
  }

  static let replace = Function(
    "Replace",
    [
      .text("source"), .text("oldValue", optional: true), Parameter("regexPattern", .pattern, optional: true),
      .text("regexGroupName", optional: true), .text("replacementValue", optional: true),
      .text("replacementAttributeName", optional: true), .text("template", optional: true),
    ],
    gives: .text,
    unless: { replaceFlaw($0) }
  ) { call throws(Interruption) in
    guard call.isGiven(Argument.pattern) else { return try replaceText(call) }
    if call.isGiven(Argument.attribute) { return try extract(call) }
    return try replacePattern(call)
  }

  private static func replaceFlaw(_ arguments: [Node]) -> String? {
    let given = Set(arguments.indices.filter { !arguments[$0].isMissing }.dropFirst())
    let modes: [Set<Int>] = [
      [Argument.old, Argument.replacement], [Argument.old, Argument.template],
      [Argument.pattern, Argument.replacement], [Argument.pattern, Argument.group, Argument.replacement],
      [Argument.pattern, Argument.group, Argument.attribute],
    ]
    guard modes.contains(given) else {
      return "takes oldValue with replacementValue or template, or regexPattern with replacementValue, with "
        + "regexGroupName and replacementValue, or with regexGroupName and replacementAttributeName"
    }
    guard given.contains(Argument.group), case .pattern(let pattern) = arguments[Argument.pattern].kind,
      case .literal(let value) = arguments[Argument.group].kind, let name = value.asText,
      !pattern.groupNames.contains(name)
    else { return nil }
    let names = pattern.groupNames.sorted().joined(separator: ", ")
    return "has a pattern without a group \(Quotation.text(name))" + (names.isEmpty ? "" : "; it has \(names)")
  }

  /// All occurrences of the old value, in the source or with the source in the template.
  private static func replaceText(_ call: Call) throws(Interruption) -> ExpressionValue {
    let old = Array(try call.text(Argument.old) ?? "")
    let template = call.isGiven(Argument.template) ? try call.text(Argument.template) ?? "" : nil
    let replacement = try call.text(Argument.replacement) ?? ""
    return try call.eachText(0) { (source) throws(Interruption) in
      guard !old.isEmpty else {
        guard template == nil else { throw call.failure("argument 2, oldValue, is empty") }
        return source
      }
      return try replaced(old, in: template ?? source, with: template == nil ? replacement : source, call)
    }
  }

  private static func replaced(
    _ old: [Character],
    in text: String,
    with replacement: String,
    _ call: Call
  ) throws(Interruption) -> String {
    let characters = Array(text)
    let search = TextSearch(old, in: characters)
    var builder = TextBuilder(call)
    var start = 0
    while let found = try search.first(from: start, call) {
      try builder.append(String(characters[start..<found]))
      try builder.append(replacement)
      start = found + old.count
    }
    try builder.append(String(characters[start...]))
    return builder.text
  }

  /// What the pattern matches, or only a group of it.
  private static func replacePattern(_ call: Call) throws(Interruption) -> ExpressionValue {
    let pattern = try pattern(call)
    let replacement = try call.text(Argument.replacement) ?? ""
    let group = call.isGiven(Argument.group) ? try groupName(call, pattern) : nil
    let template = PatternTemplate(replacement)
    return try call.eachText(0) { (source) throws(Interruption) in
      var builder = TextBuilder(call)
      var start = source.startIndex
      for match in try matches(of: pattern, in: source, call) {
        // A group within a lookbehind may lie before what is written already.
        guard let place = group.map({ match.group(named: $0) }) ?? match.range, place.lowerBound >= start else {
          continue
        }
        try builder.append(source[start..<place.lowerBound])
        for piece in group == nil ? template.pieces(for: match, in: source) : [replacement[...]] {
          try builder.append(piece)
        }
        start = place.upperBound
      }
      try builder.append(source[start...])
      return builder.text
    }
  }

  /// The source, or else what the group of the pattern is in the other attribute.
  private static func extract(_ call: Call) throws(Interruption) -> ExpressionValue {
    let source = try call.value(0)
    guard source.isNullOrEmpty else { return source }
    let pattern = try pattern(call)
    let group = try groupName(call, pattern)
    guard let other = try call.text(Argument.attribute) else { return .null }
    for match in try matches(of: pattern, in: other, call) {
      if let place = match.group(named: group) { return .text(String(other[place])) }
    }
    return .null
  }

  private static func pattern(_ call: Call) throws(Interruption) -> Pattern {
    if case .pattern(let pattern) = call.arguments[Argument.pattern].kind { return pattern }
    let text = try call.text(Argument.pattern) ?? ""
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw call.failure("argument 3 must be a regular expression: \(error)", .text(text))
    }
  }

  private static func groupName(_ call: Call, _ pattern: Pattern) throws(Interruption) -> String {
    let name = try call.text(Argument.group) ?? ""
    guard pattern.groupNames.contains(name) else {
      throw call.failure("argument 4 must be the name of a group of the pattern", .text(name))
    }
    return name
  }

  private static func matches(
    of pattern: Pattern,
    in text: String,
    _ call: Call
  ) throws(Interruption) -> [PatternMatch] {
    // A search costs more than the text that it looks at.
    try call.spend(1024)
    do throws(PatternFailure) {
      return try pattern.matches(in: text)
    } catch {
      throw call.failure("\(error)", .text(text))
    }
  }
}
