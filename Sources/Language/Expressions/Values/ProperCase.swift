/// The case of names: the first letter of a word in upper case, the others in lower.
enum ProperCase {
  /// Words end at what Unicode calls punctuation, space, symbol, control or format; not at an apostrophe within a word,
  /// nor at a digit, as in ToTitleCase of .NET.
  static func text(_ text: String) -> String {
    var result = ""
    var isInWord = false
    for character in text {
      if isInWord {
        result += CaseMapping.invariant.lower(String(character))
        isInWord = character == "'" || !isSeparator(character)
      } else {
        result += CaseMapping.invariant.upper(String(character))
        isInWord = character.isLetter
      }
    }
    return result
  }

  /// Words end at these characters only.
  static func text(_ text: String, separators: Set<Character>) -> String {
    var result = ""
    var isInWord = false
    for character in text {
      result +=
        isInWord ? CaseMapping.invariant.lower(String(character)) : CaseMapping.invariant.upper(String(character))
      isInWord = !separators.contains(character)
    }
    return result
  }

  private static func isSeparator(_ character: Character) -> Bool {
    switch character.unicodeScalars.first?.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .connectorPunctuation,
      .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
      .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      true
    default: false
    }
  }
}
