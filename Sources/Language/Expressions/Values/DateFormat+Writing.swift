extension DateFormat {
  func text(of date: ExpressionDate) -> String {
    let calendar = CalendarDate(date)
    var text = ""
    for element in elements {
      switch element {
      case .fraction(let digits, isOptional: true):
        let fraction = Self.fraction(calendar.fraction, digits).trimmingZeros
        if !fraction.isEmpty {
          text += fraction
        } else if text.last == "." {
          text.removeLast()
        }
      default: text += Self.text(element, calendar)
      }
    }
    return text
  }

  private static func text(_ element: Element, _ date: CalendarDate) -> String {
    switch element {
    case .literal(let text): text
    case .year(let count): count <= 2 ? padded(date.year % 100, count) : padded(date.year, count)
    case .month(3): String(monthNames[Int(date.month) - 1].prefix(3))
    case .month(4): monthNames[Int(date.month) - 1]
    case .month(let count): padded(date.month, count)
    case .day(3): String(dayNames[Int(date.weekday)].prefix(3))
    case .day(4): dayNames[Int(date.weekday)]
    case .day(let count): padded(date.day, count)
    case .hour12(let count): padded(date.hour % 12 == 0 ? 12 : date.hour % 12, count)
    case .hour24(let count): padded(date.hour, count)
    case .minute(let count): padded(date.minute, count)
    case .second(let count): padded(date.second, count)
    case .fraction(let digits, _): fraction(date.fraction, digits)
    case .designator(let count): String((date.hour < 12 ? "AM" : "PM").prefix(count))
    case .offset(1): "+0"
    case .offset(2): "+00"
    case .offset: "+00:00"
    case .zone: "Z"
    case .era: "A.D."
    }
  }

  private static func padded(_ number: Int64, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }

  private static func fraction(_ ticks: Int64, _ digits: Int) -> String {
    String(padded(ticks, 7).prefix(digits))
  }
}

extension String {
  fileprivate var trimmingZeros: String {
    var text = self
    while text.last == "0" { text.removeLast() }
    return text
  }
}
