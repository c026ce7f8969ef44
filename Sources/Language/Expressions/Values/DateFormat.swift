/// A custom date and time format string of .NET in the invariant culture; one letter alone is a standard format.
struct DateFormat: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case literal(String)
    case year(Int)
    case month(Int)
    case day(Int)
    case hour12(Int)
    case hour24(Int)
    case minute(Int)
    case second(Int)
    /// `F` leaves out trailing zeros, and the point before it if nothing follows.
    case fraction(Int, isOptional: Bool)
    case designator(Int)
    case offset(Int)
    /// `K`: `Z`, or an offset when read.
    case zone
    case era
  }

  let elements: [Element]

  private init(elements: [Element]) {
    self.elements = elements
  }

  /// Throws what is wrong with the format.
  init(_ text: String) throws(DateFormatError) {
    guard !text.isEmpty else { throw DateFormatError("a format is missing") }
    guard text.utf8.count <= 256 else { throw DateFormatError("a format has at most 256 characters") }
    var reader = DateFormatReader(Self.expansion(of: text) ?? text)
    elements = try reader.elements()
  }

  /// `M/d/yyyy h:mm:ss tt`.
  static let standard = DateFormat(elements: [
    .month(1), .literal("/"), .day(1), .literal("/"), .year(4), .literal(" "), .hour12(1), .literal(":"), .minute(2),
    .literal(":"), .second(2), .literal(" "), .designator(2),
  ])

  private static func expansion(of text: String) -> String? {
    switch text {
    case "d": "MM/dd/yyyy"
    case "D": "dddd, dd MMMM yyyy"
    case "f": "dddd, dd MMMM yyyy HH:mm"
    case "F", "U": "dddd, dd MMMM yyyy HH:mm:ss"
    case "g": "MM/dd/yyyy HH:mm"
    case "G": "MM/dd/yyyy HH:mm:ss"
    case "m", "M": "MMMM dd"
    case "o", "O": "yyyy-MM-ddTHH:mm:ss.fffffffK"
    case "r", "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'"
    case "s": "yyyy-MM-ddTHH:mm:ss"
    case "t": "HH:mm"
    case "T": "HH:mm:ss"
    case "u": "yyyy-MM-dd HH:mm:ssZ"
    case "y", "Y": "yyyy MMMM"
    default: nil
    }
  }
}

struct DateFormatError: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

extension DateFormat {
  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  /// Whether it names a month or a day without a year, which .NET takes from the clock.
  var lacksYear: Bool {
    let hasYear = elements.contains { if case .year = $0 { true } else { false } }
    return !hasYear
      && elements.contains {
        switch $0 {
        case .month, .day: true
        default: false
        }
      }
  }
}
