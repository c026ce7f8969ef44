import Model

/// The objects that a seed has made, so that it can choose among them.
struct Population {
  var users: [GUID] = []
  var groups: [GUID] = []
  var units: [GUID] = []
  var deleted: [(guid: GUID, date: Timestamp)] = []
  var hidden: [GUID] = []
  private var serial: Int
  var count: Int { users.count + groups.count + units.count }

  /// - Parameter first: so that no two domains give the same name.
  init(countingFrom first: Int = 0) { serial = first }

  mutating func nextNumber() -> Int {
    serial += 1
    return serial
  }

  /// Attributes of a new user, whose names nobody else has.
  mutating func person(_ randomness: inout Randomness) -> (name: String, attributes: [AttributeName: String]) {
    let number = nextNumber()
    var attributes: [AttributeName: String] = [
      "sAMAccountName": "u\(number)", "userAccountControl": randomness.chance(90) ? "512" : "514",
    ]
    if randomness.chance(80) { attributes["userPrincipalName"] = "u\(number)@corp.example.test" }
    for name in Self.texts where randomness.chance(30) { attributes[name] = value(&randomness) }
    return ("User \(number)", attributes)
  }

  mutating func value(_ randomness: inout Randomness) -> String {
    randomness.pick(["Clerk", "Head", "Sales", "Größe", "a,b=c", "x"]).map { "\($0) \(randomness.below(9))" } ?? ""
  }

  /// Mapped attributes that need not be unique.
  static let texts: [AttributeName] = [
    "displayName", "title", "department", "givenName", "sn", "mail", "mobile", "company", "telephoneNumber", "l",
  ]
}
