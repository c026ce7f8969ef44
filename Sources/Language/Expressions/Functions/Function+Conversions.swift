/// Functions from one kind of value to another.
extension Function {
  static let conversions = [convertToText, convertToReference, nameComponent, bitAnd]

  private static let convertToText = Function("CStr", spelt: ["Cstr"], [.value("value")], gives: .text) {
    call throws(Interruption) in
    try call.text(0).map { .text($0) } ?? .null
  }

  private static let convertToReference = Function("CRef", [.text("text")], gives: .reference) {
    call throws(Interruption) in
    guard let text = try call.text(0) else { return .null }
    guard NameComponents.values(text) != nil else {
      throw call.failure("argument 1 must be a distinguished name", .text(text))
    }
    return .reference(text)
  }

  private static let nameComponent = Function(
    "DNComponent",
    [.text("name"), .number("number", 1 ... .max)],
    gives: .text
  ) { call throws(Interruption) in
    let number = try call.requiredNumber(1, in: 1 ... .max)
    guard let text = try call.text(0) else { return .null }
    guard let values = NameComponents.values(text) else {
      throw call.failure("argument 1 must be a distinguished name", .text(text))
    }
    return number <= values.count ? .text(values[Int(number) - 1]) : .null
  }

  private static let bitAnd = Function("BitAnd", [.number("value1"), .number("value2")], gives: .number) {
    call throws(Interruption) in
    guard let left = try call.number(0), let right = try call.number(1) else { return .null }
    return .number(left & right)
  }
}
