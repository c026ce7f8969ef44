/// Takes the text of a .NET format apart.
struct DateFormatReader {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    characters = Array(text)
  }

  mutating func elements() throws(DateFormatError) -> [DateFormat.Element] {
    var elements: [DateFormat.Element] = []
    while position < characters.count {
      let element = try next()
      if case .literal(let more) = element, case .literal(let text)? = elements.last {
        elements[elements.count - 1] = .literal(text + more)
      } else {
        elements.append(element)
      }
    }
    return elements
  }

  private mutating func next() throws(DateFormatError) -> DateFormat.Element {
    let character = characters[position]
    switch character {
    case "'", "\"": return .literal(try quoted(by: character))
    case "\\":
      guard position + 1 < characters.count else { throw DateFormatError("nothing follows the backslash at its end") }
      position += 2
      return .literal(String(characters[position - 1]))
    case "%":
      position += 1
      guard position < characters.count, characters[position] != "%" else {
        throw DateFormatError("a percent sign must be followed by a letter of the format")
      }
      return try next()
    default: break
    }
    let count = characters[position...].prefix { $0 == character }.count
    guard let element = Self.element(character, count) else {
      position += 1
      return .literal(String(character))
    }
    if case .fraction = element, count > 7 {
      throw DateFormatError("a fraction of a second has at most 7 digits")
    }
    position += count
    return element
  }

  private mutating func quoted(by mark: Character) throws(DateFormatError) -> String {
    var text = ""
    position += 1
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == mark { return text }
      if character == "\\" {
        guard position < characters.count else { break }
        text.append(characters[position])
        position += 1
      } else {
        text.append(character)
      }
    }
    throw DateFormatError("the quotation that begins with \(mark) has no end")
  }

  private static func element(_ letter: Character, _ count: Int) -> DateFormat.Element? {
    switch letter {
    case "y": .year(min(count, 9))
    case "M": .month(min(count, 4))
    case "d": .day(min(count, 4))
    case "h": .hour12(min(count, 2))
    case "H": .hour24(min(count, 2))
    case "m": .minute(min(count, 2))
    case "s": .second(min(count, 2))
    case "f": .fraction(count, isOptional: false)
    case "F": .fraction(count, isOptional: true)
    case "t": .designator(min(count, 2))
    case "z": .offset(min(count, 3))
    case "K": .zone
    case "g": .era
    default: nil
    }
  }
}
