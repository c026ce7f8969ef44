/// Functions of attributes with several values. One value is a list of one, none an empty list.
extension Function {
  static let lists = [count, item, contains, removeDuplicates]

  private static let count = Function("Count", [.value("attribute")], gives: .number) { call throws(Interruption) in
    .number(Int64(try call.value(0).elements.count))
  }

  private static let item = Function("Item", [.value("attribute"), .number("index")], gives: .any) {
    call throws(Interruption) in
    let values = try call.value(0).elements
    let index = try call.requiredNumber(1)
    guard index >= 1, index <= values.count else { throw try outOfRange(index, values.count, call) }
    return values[Int(index) - 1]
  }

  /// That `Contains` found nothing is said in its words.
  private static func outOfRange(_ index: Int64, _ count: Int, _ call: Call) throws(Interruption) -> Interruption {
    let reason = "there is no value number \(index) among \(count)"
    guard index == 0, let search = call.call(1), search.name == contains.name, let sought = try search.text(1) else {
      return call.failure(reason)
    }
    return call.failure("\(reason): no value contains", .text(sought))
  }

  private static let contains = Function("Contains", [.value("attribute"), .text("text")], gives: .number) {
    call throws(Interruption) in
    guard let wanted = try call.text(1), !wanted.isEmpty else { return .number(0) }
    for (index, value) in try call.value(0).elements.enumerated() {
      let search = TextSearch(Array(wanted), in: Array(try call.text(of: value, 0)))
      if try search.first(from: 0, call) != nil { return .number(Int64(index + 1)) }
    }
    return .number(0)
  }

  private static let removeDuplicates = Function("RemoveDuplicates", [.value("attribute")], gives: .any) {
    call throws(Interruption) in
    let value = try call.value(0)
    try call.spend(value.size)
    var seen: Set<ExpressionValue> = []
    return ExpressionValue(value.elements.filter { seen.insert($0).inserted })
  }
}
