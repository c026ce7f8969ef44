import Words

/// All functions, by each of their documented spellings.
enum FunctionCatalogue {
  static let all: [Function] =
    Function.texts + Function.words + Function.encodings + Function.conditions + Function.conversions + Function.dates
    + Function.lists + Function.flows + Function.generators

  private static let byName: [String: Function] = {
    var byName: [String: Function] = [:]
    for function in all {
      for name in [function.name] + function.otherSpellings { byName[name] = function }
    }
    return byName
  }()

  /// Functions of applications in the cloud, which have users in Entra as their source.
  private static let meaningless: Set<String> = ["approleassignmentscomplex", "singleapproleassignment"]

  static func function(named name: String, at position: Int) throws(ExpressionError) -> Function {
    if let function = byName[name] { return function }
    if meaningless.contains(name.lowercased()) {
      throw ExpressionError(
        at: position,
        "\(name) has no meaning with Active Directory as source",
        remedy: "it reads the roles that a user of Entra has in an application; map group memberships instead"
      )
    }
    guard let nearest = nearestWord(to: name, among: all.map(\.name)) else {
      throw ExpressionError(
        at: position,
        "there is no function \(Quotation.text(name))",
        remedy: "see docs/expressions.md"
      )
    }
    throw ExpressionError(
      at: position,
      "there is no function \(Quotation.text(name))",
      remedy: nearest.lowercased() == name.lowercased() ? "case matters: write \(nearest)" : "do you mean \(nearest)?"
    )
  }
}
