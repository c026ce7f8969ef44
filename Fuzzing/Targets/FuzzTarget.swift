/// A parser with what must hold for it, whatever it is given.
struct FuzzTarget: Sendable {
  /// Also the name of the folder of its seeds.
  let name: String
  /// Bytes of the longest input; less where an input takes its time.
  let maximumSize: Int
  let check: @Sendable (FuzzInput) -> Void

  init(_ name: String, maximumSize: Int = 1024, check: @escaping @Sendable (FuzzInput) -> Void) {
    self.name = name
    self.maximumSize = maximumSize
    self.check = check
  }
}

extension FuzzTarget {
  static let all: [FuzzTarget] = [
    .distinguishedName, .guid, .sid, .fileTime, .generalizedTime, .imageCoding, .resourceCoding, .logCoding,
    .givenTime, .pattern,
    .dirSyncResponse, .pagedResults, .printableText,
    .attributeDescription, .extendedName, .originalName, .entry, .rangedValues,
    .dirSyncCookie, .upToDatenessVector, .pollingCookie, .netlogonAnswer, .rootEntry, .domainController,
    .ldapRequest, .ldapAnswer, .messageFrames,
    .duration, .hostName, .targetPath, .document, .documentText,
    .json, .heldResource, .retryAfter, .scimPath, .scimText,
    .resetWords, .configurationName, .logParameters,
    .expression,
  ]
}

/// Stops with a finding unless the condition holds.
func require(_ condition: Bool, _ property: @autoclosure () -> String) {
  guard condition else { fatalError("property does not hold: \(property())") }
}
