extension DecodingError {
  /// What is wrong with the JSON and at which member, without repeating the value.
  var sentence: String {
    switch self {
    case .keyNotFound(let key, let context): "\(Self.place(context.codingPath + [key])) is missing."
    case .valueNotFound(_, let context): "\(Self.place(context.codingPath)) must not be null."
    case .typeMismatch(_, let context): "\(Self.place(context.codingPath)) is of the wrong type."
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(Self.place(context.codingPath)) has a value that is not allowed."
    default: "The request body is not valid JSON."
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "The body" : "\"\(path.map(\.stringValue).joined(separator: "."))\""
  }
}
