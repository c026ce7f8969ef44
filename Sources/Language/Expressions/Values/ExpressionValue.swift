/// What an attribute holds and what a function gives.
package enum ExpressionValue: Hashable, Sendable {
  case null
  case text(String)
  case number(Int64)
  case boolean(Bool)
  case date(ExpressionDate)
  case bytes([UInt8])
  /// A distinguished name that stands for an object.
  case reference(String)
  /// Two values or more, each a single one; `init(_:)` makes it.
  case many([ExpressionValue])

  /// The values of an attribute: none of them is null, a single one is itself.
  package init(_ values: [ExpressionValue]) {
    let values = values.flatMap(\.elements)
    switch values.count {
    case 0: self = .null
    case 1: self = values[0]
    default: self = .many(values)
    }
  }

  package init(texts: [String]) {
    self.init(texts.map { .text($0) })
  }
}

extension ExpressionValue {
  /// The single values, in order.
  package var elements: [ExpressionValue] {
    switch self {
    case .null: []
    case .many(let values): values.flatMap(\.elements)
    default: [self]
    }
  }

  /// Whether it is absent or "".
  package var isNullOrEmpty: Bool {
    switch self {
    case .null: true
    case .text(let text), .reference(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .many(let values): values.allSatisfy(\.isNullOrEmpty)
    case .number, .boolean, .date: false
    }
  }

  /// Bytes that it takes, about.
  var size: Int {
    switch self {
    case .null: 0
    case .text(let text), .reference(let text): text.utf8.count
    case .number, .boolean, .date: 8
    case .bytes(let bytes): bytes.count
    case .many(let values): values.reduce(0) { $0 + $1.size + 8 }
    }
  }

  /// In the words of a message.
  var kind: String {
    switch self {
    case .null: "no value"
    case .text: "text"
    case .number: "a number"
    case .boolean: "True or False"
    case .date: "a date"
    case .bytes: "bytes"
    case .reference: "a reference"
    case .many(let values): "\(values.count) values"
    }
  }
}
