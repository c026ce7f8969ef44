/// Functions that decide. What is not chosen is not evaluated.
extension Function {
  static let conditions = [
    iif, switchFunction, coalesce, isNull, isNullOrEmpty, isPresent, isString, not, convertToBoolean,
  ]

  private static let iif = Function(
    "IIF",
    signatures: [
      Signature(
        [
          Parameter("condition", .condition), .value("valueIfTrue", optional: true),
          .value("valueIfFalse", optional: true),
        ],
        isComplete: true
      )
    ],
    gives: .any
  ) { call throws(Interruption) in
    try call.value(call.condition(0) ? 1 : 2)
  }

  private static let switchFunction = Function(
    "Switch",
    spelt: ["switch"],
    [.value("source"), .value("defaultValue", optional: true)],
    repeating: [.value("key"), .value("value", optional: true)],
    gives: .any
  ) { call throws(Interruption) in
    let source = try call.single(0)
    if case .reference = source {
      throw call.failure("a reference has no keys: take its text with CStr", source)
    }
    let text = if case .null = source { "" } else { try call.text(of: source, 0) }
    for index in stride(from: 2, to: call.arguments.count, by: 2) where try call.text(index) ?? "" == text {
      return try call.value(index + 1)
    }
    return try call.value(1)
  }

  private static let coalesce = Function(
    "Coalesce",
    [],
    repeating: [.value("source", optional: true)],
    gives: .any
  ) { call throws(Interruption) in
    for index in call.arguments.indices {
      let value = try call.value(index)
      if case .null = value { continue }
      return value
    }
    return .null
  }

  private static let isNull = Function("IsNull", [.value("expression")], gives: .boolean) { call throws(Interruption) in
    if case .null = try call.value(0) { .boolean(true) } else { .boolean(false) }
  }

  private static let isNullOrEmpty = Function(
    "IsNullOrEmpty",
    spelt: ["IsNullorEmpty"],
    [.value("expression")],
    gives: .boolean
  ) { call throws(Interruption) in
    .boolean(try call.value(0).isNullOrEmpty)
  }

  private static let isPresent = Function("IsPresent", [.value("expression")], gives: .boolean) {
    call throws(Interruption) in
    .boolean(try !call.value(0).isNullOrEmpty)
  }

  private static let isString = Function("IsString", [.value("expression")], gives: .boolean) {
    call throws(Interruption) in
    .boolean(try call.value(0).asText != nil)
  }

  private static let not = Function("Not", [Parameter("source", .value)], gives: .boolean) {
    call throws(Interruption) in
    switch try call.single(0) {
    case .boolean(let isTrue): .boolean(!isTrue)
    case .text(let text): .boolean(text.lowercased() != "true")
    default: .boolean(true)
    }
  }

  private static let convertToBoolean = Function("CBool", [Parameter("expression", .condition)], gives: .boolean) {
    call throws(Interruption) in
    .boolean(try call.condition(0))
  }
}
