/// Reads the parts of a date from a text.
struct DateScanner {
  private let characters: [Character]
  private(set) var position = 0

  init(_ text: String) {
    // Longer than any date; what does not fit is then left over.
    characters = Array(text.prefix(512))
  }

  var isAtEnd: Bool { position == characters.count }
  var next: Character? { position < characters.count ? characters[position] : nil }

  mutating func skipSpaces() {
    while next?.isWhitespace == true { position += 1 }
  }

  mutating func take(_ text: String, ignoringCase: Bool = false) -> Bool {
    let wanted = Array(text)
    let found = characters[position...].prefix(wanted.count)
    let isThere =
      ignoringCase ? String(found).lowercased() == text.lowercased() : found.elementsEqual(wanted)
    if isThere { position += wanted.count }
    return isThere
  }

  /// A number of so many ASCII digits, as many as there are.
  mutating func digits(_ count: ClosedRange<Int>) -> (value: Int64, count: Int)? {
    let digits = characters[position...].prefix(count.upperBound).prefix { ("0"..."9").contains($0) }
    guard digits.count >= count.lowerBound, let value = Int64(String(digits)) else { return nil }
    position += digits.count
    return (value, digits.count)
  }

  /// The hundred-nanosecond steps of digits after the point; digits beyond the seventh are dropped.
  mutating func fraction(_ count: ClosedRange<Int>) -> Int64? {
    guard let (value, count) = digits(count) else { return nil }
    return count <= 7
      ? (count..<7).reduce(value) { value, _ in value * 10 } : (7..<count).reduce(value) { value, _ in value / 10 }
  }

  /// The minutes of `+08:00`, `+0800` or `+8`.
  mutating func offset(hours: ClosedRange<Int>, hasMinutes: Bool) -> Int64? {
    guard let sign = next, sign == "+" || sign == "-" else { return nil }
    position += 1
    guard let hour = digits(hours)?.value else { return nil }
    var minute: Int64 = 0
    if hasMinutes {
      _ = take(":")
      guard let read = digits(2...2)?.value, read < 60 else { return nil }
      minute = read
    }
    return (hour * 60 + minute) * (sign == "-" ? -1 : 1)
  }

  /// The index of the name that stands here.
  mutating func name(of names: [String], abbreviated: Bool) -> Int64? {
    for (index, name) in names.enumerated()
    where take(abbreviated ? String(name.prefix(3)) : name, ignoringCase: true) {
      return Int64(index)
    }
    return nil
  }
}

extension DateScanner {
  /// False if the text does not go on with that element.
  mutating func read(_ element: DateFormat.Element, into parts: inout DateParts, isBeforeFraction: Bool) -> Bool {
    switch element {
    case .literal(let text):
      return take(text) || (isBeforeFraction && text.last == "." && take(String(text.dropLast())))
    case .year(let count):
      guard let (value, _) = digits(count <= 2 ? 1...2 : count == 3 ? 3...4 : count...count) else { return false }
      // The invariant culture of .NET takes 00 to 49 for 2000 to 2049.
      parts.year = count <= 2 ? value + (value < 50 ? 2000 : 1900) : value
    case .month(3), .month(4):
      guard let index = name(of: DateFormat.monthNames, abbreviated: element == .month(3)) else { return false }
      parts.month = index + 1
    case .day(3), .day(4):
      guard let index = name(of: DateFormat.dayNames, abbreviated: element == .day(3)) else { return false }
      parts.weekday = index
    case .month(let count): return number(count, &parts.month)
    case .day(let count): return number(count, &parts.day)
    case .hour12(let count): return number(count, &parts.hour12)
    case .hour24(let count): return number(count, &parts.hour24)
    case .minute(let count): return number(count, &parts.minute)
    case .second(let count): return number(count, &parts.second)
    case .fraction(let count, let isOptional):
      guard let value = fraction((isOptional ? 0 : count)...count) ?? (isOptional ? 0 : nil) else { return false }
      parts.fraction = value
    case .designator(let count): return designator(count, &parts)
    case .offset(let count):
      guard let value = offset(hours: count == 1 ? 1...2 : 2...2, hasMinutes: count == 3) else { return false }
      parts.offset = value
    case .zone:
      if take("Z") { return true }
      guard next == "+" || next == "-" else { return true }
      guard let value = offset(hours: 2...2, hasMinutes: true) else { return false }
      parts.offset = value
    case .era: return take("A.D.")
    }
    return true
  }

  private mutating func number(_ count: Int, _ part: inout Int64?) -> Bool {
    part = digits(count...2)?.value
    return part != nil
  }

  private mutating func number(_ count: Int, _ part: inout Int64) -> Bool {
    guard let value = digits(count...2)?.value else { return false }
    part = value
    return true
  }

  private mutating func designator(_ count: Int, _ parts: inout DateParts) -> Bool {
    let names = count == 1 ? ["A", "P"] : ["AM", "PM"]
    guard let index = names.firstIndex(where: { take($0, ignoringCase: true) }) else { return false }
    parts.isAfternoon = index == 1
    return true
  }
}
