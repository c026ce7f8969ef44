import Patterns

/// What can be known of a function's arguments before there are values.
enum Checker {
  static func checked(
    _ arguments: [Node],
    of function: Function,
    at position: Int
  ) throws(ExpressionError) -> [Node] {
    guard let parameters = function.signatures.lazy.compactMap({ $0.parameters(count: arguments.count) }).first else {
      throw ExpressionError(
        at: position,
        "\(function.name) does not take \(arguments.count == 1 ? "1 argument" : "\(arguments.count) arguments")",
        remedy: "write " + function.signatures.map { "\(function.name)(\($0.text))" }.joined(separator: " or ")
      )
    }
    for (index, (argument, parameter)) in zip(arguments, parameters).enumerated() {
      let name = "argument \(index + 1) of \(function.name), \(parameter.name),"
      if argument.isMissing {
        guard parameter.isOptional else {
          throw ExpressionError(at: argument.position, "\(name) is missing", remedy: "an empty text is written \"\"")
        }
      } else if let flaw = parameter.kind.flaw(of: argument) {
        throw ExpressionError(at: argument.position, "\(name) \(flaw)")
      }
    }
    let compiled = zip(arguments, parameters).map { $1.kind.compiled($0) }
    if let flaw = function.flaw(compiled) { throw ExpressionError(at: position, "\(function.name) \(flaw)") }
    return compiled
  }

  /// A bare word means something as an argument of some functions only.
  static func checkOperand(_ node: Node) throws(ExpressionError) {
    guard case .word(let word) = node.kind else { return }
    throw ExpressionError(
      at: node.position,
      "the word \(word) means nothing here",
      remedy: "write [\(word)] for the attribute, \"\(word)\" for the text"
    )
  }

  /// `SelectUniqueValue` is a function of the whole.
  static func checkNesting(_ root: Node) throws(ExpressionError) {
    var misplaced: Node?
    for child in root.children {
      child.visit {
        if case .call(let function, _) = $0.kind, function.name == Function.uniqueChoice, misplaced == nil {
          misplaced = $0
        }
      }
    }
    guard let misplaced else { return }
    throw ExpressionError(
      at: misplaced.position,
      "\(Function.uniqueChoice) can not be within another function",
      remedy: "put the other function into each of its rules"
    )
  }
}

extension Parameter.Kind {
  /// What is wrong with an argument, in words that follow its name; nil if nothing is, as far as one can know.
  func flaw(of argument: Node) -> String? {
    switch argument.kind {
    case .missing, .attribute, .pattern: nil
    case .literal(let value): flaw(of: value)
    case .word(let word): flaw(ofWord: word)
    case .call(let function, _): flaw(of: function.result)
    case .comparison: flaw(of: .boolean)
    case .joined: flaw(of: .text)
    }
  }

  private func flaw(ofWord word: String) -> String? {
    switch self {
    case .word, .dateStyles: flaw(of: .text(word))
    default:
      "is the word \(word), which means nothing here: write [\(word)] for the attribute, \"\(word)\" for the text"
    }
  }

  private func flaw(of result: Function.Result) -> String? {
    switch (self, result) {
    case (_, .any), (.value, _), (.text, _), (.characters, .text), (.characters, .number), (.characters, .reference):
      nil
    case (.number, .number), (.number, .text), (.date, .date), (.date, .text): nil
    case (.condition, .boolean), (.condition, .number), (.condition, .text): nil
    case (.word, .text), (.culture, .text), (.pattern, .text), (.dateFormat, .text), (.dateStyles, .text): nil
    default: "must be \(expectation), not \(result.words)"
    }
  }

  private func flaw(of literal: ExpressionValue) -> String? {
    isFit(literal) ? nil : "must be \(expectation), not \(Quotation.text(literal))" + (reason(literal) ?? "")
  }

  private func reason(_ literal: ExpressionValue) -> String? {
    guard let text = literal.asText else { return nil }
    do {
      switch self {
      case .dateFormat: _ = try DateFormat(text)
      case .pattern: _ = try Pattern(text)
      default: break
      }
      return nil
    } catch let error as PatternError {
      return ": \(error)"
    } catch {
      return (error as? DateFormatError).map { ": \($0.reason)" }
    }
  }

  /// The argument, ready to be used: a pattern that is written out is compiled once.
  fileprivate func compiled(_ argument: Node) -> Node {
    guard case .pattern = self, case .literal(let value) = argument.kind, let text = value.asText,
      let pattern = try? Pattern(text)
    else { return argument }
    return Node(.pattern(pattern), at: argument.position)
  }

  /// Whether a value that is known can stand there.
  private func isFit(_ value: ExpressionValue) -> Bool {
    switch self {
    case .value, .text: true
    case .characters: value.asText?.isEmpty == false
    case .number(let range): value.asNumber.map(range.contains) ?? false
    case .date: value.asDate != nil
    case .condition: value.asCondition != nil
    case .word(let words): value.asText.map(words.contains) ?? false
    case .culture: value.asText.map { CaseMapping(culture: $0) != nil } ?? false
    case .pattern: value.asText.map { (try? Pattern($0)) != nil } ?? false
    case .dateStyles: value.asText.map { DateStyles($0) != nil } ?? false
    case .dateFormat(let isInput):
      value.asText.flatMap { try? DateFormat($0) }.map { !isInput || !$0.lacksYear } ?? false
    }
  }

  /// In the words of a message: what must stand there.
  var expectation: String {
    switch self {
    case .value: "a value"
    case .text: "text"
    case .characters: "a text that is not empty"
    case .number(let range):
      switch (range.lowerBound, range.upperBound) {
      case (.min, .max): "a whole number"
      case (let least, .max): "a whole number from \(least) on"
      case (let least, let most): "a whole number from \(least) to \(most)"
      }
    case .date: "a date, such as 2026-11-23T08:00:00Z or 11/23/2026 8:00:00 AM"
    case .condition: "true or false"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .culture: "a culture, such as tr-TR"
    case .pattern: "a regular expression"
    case .dateFormat(isInput: true): "a date format of .NET with a year, such as yyyy-MM-dd"
    case .dateFormat(isInput: false): "a date format of .NET, such as yyyy-MM-dd"
    case .dateStyles: "one or more of \(DateStyles.names.joined(separator: ", "))"
    }
  }
}

extension Function.Result {
  fileprivate var words: String {
    switch self {
    case .any: "any value"
    case .text: "text"
    case .number: "a number"
    case .boolean: "True or False"
    case .date: "a date"
    case .reference: "a reference"
    }
  }
}
