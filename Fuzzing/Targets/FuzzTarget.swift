/// A parser with what must hold for it, whatever it is given.
struct FuzzTarget: Sendable {
  /// Also the name of the folder of its seeds.
  let name: String
  let check: @Sendable (FuzzInput) -> Void

  init(_ name: String, check: @escaping @Sendable (FuzzInput) -> Void) {
    self.name = name
    self.check = check
  }
}

extension FuzzTarget {
  static let all: [FuzzTarget] = [
    .distinguishedName, .guid, .sid, .imageCoding, .resourceCoding,
    .dirSyncResponse, .printableText,
    .attributeDescription, .extendedName, .originalName, .entry, .rangedValues,
    .duration, .hostName, .targetPath, .document, .documentText,
    .json, .retryAfter, .scimPath, .scimText,
  ]
}

/// Stops with a finding unless the condition holds.
func require(_ condition: Bool, _ property: @autoclosure () -> String) {
  guard condition else { fatalError("property does not hold: \(property())") }
}
