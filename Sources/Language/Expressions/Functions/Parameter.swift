/// What a function takes at one place.
struct Parameter: Sendable {
  enum Kind: Sendable {
    /// Anything.
    case value
    case text
    /// A text with at least one character.
    case characters
    case number(ClosedRange<Int64>)
    case date
    /// What is true or false.
    case condition
    /// One of these words, bare or as text.
    case word([String])
    case culture
    /// A regular expression.
    case pattern
    case dateFormat(isInput: Bool)
    case dateStyles
  }

  let name: String
  let kind: Kind
  /// Whether it may be left out, or left empty.
  let isOptional: Bool

  init(_ name: String, _ kind: Kind, optional isOptional: Bool = false) {
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
  }

  static func value(_ name: String, optional: Bool = false) -> Parameter { Parameter(name, .value, optional: optional) }
  static func text(_ name: String, optional: Bool = false) -> Parameter { Parameter(name, .text, optional: optional) }
  static func number(_ name: String, _ range: ClosedRange<Int64> = .min ... .max) -> Parameter {
    Parameter(name, .number(range))
  }
  static func date(_ name: String) -> Parameter { Parameter(name, .date) }
  static let interval = Parameter("interval", .word(DateInterval.allCases.map(\.rawValue)))
}

/// The parameters of a function: some, then others over and over.
struct Signature: Sendable {
  let parameters: [Parameter]
  let repeating: [Parameter]
  /// How often at least.
  let minimumRepeats: Int
  /// Whether even an optional parameter needs its comma.
  let isComplete: Bool

  init(
    _ parameters: [Parameter],
    repeating: [Parameter] = [],
    atLeast minimumRepeats: Int = 1,
    isComplete: Bool = false
  ) {
    self.isComplete = isComplete
    self.parameters = parameters
    self.repeating = repeating
    self.minimumRepeats = repeating.isEmpty ? 0 : minimumRepeats
  }

  /// Nil if there can not be so many arguments.
  func parameters(count: Int) -> [Parameter]? {
    guard !repeating.isEmpty else {
      return (minimum...parameters.count).contains(count) ? Array(parameters.prefix(count)) : nil
    }
    let rest = count - parameters.count
    guard rest >= minimumRepeats * repeating.count, rest % repeating.count == 0 else { return nil }
    return parameters + (0..<rest / repeating.count).flatMap { _ in repeating }
  }

  var minimum: Int {
    (parameters.lastIndex { isComplete || !$0.isOptional } ?? -1) + 1 + minimumRepeats * repeating.count
  }

  /// As in `source, suffix`.
  var text: String {
    (parameters + repeating).map { $0.isOptional && !isComplete ? "\($0.name)?" : $0.name }.joined(separator: ", ")
      + (repeating.isEmpty ? "" : ", …")
  }
}
