import Model

/// The name of an attribute as it stands in an entry, with the range option told apart (MS-ADTS 3.1.1.3.1.3.3); other
/// options, such as `;binary`, are dropped.
struct AttributeDescription: Equatable {
  let name: AttributeName
  let range: Range?

  struct Range: Equatable {
    let lower: Int
    /// Nil for `*`: nothing follows.
    let upper: Int?

    /// How DirSync marks added and removed values of a link; these are no ranges (Samba dirsync.c, MS-ADTS 3.1.1.3.4.1.3).
    static let added = Range(lower: 1, upper: 1)
    static let removed = Range(lower: 0, upper: 0)
  }

  init(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    name = AttributeName(parts.first ?? "")
    range = parts.dropFirst().lazy.compactMap { Range($0) }.first
  }
}

extension AttributeDescription.Range {
  init?(_ option: Substring) {
    let option = option.lowercased()
    guard option.hasPrefix("range=") else { return nil }
    let bounds = option.dropFirst("range=".count).split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2, let lower = Int(bounds[0]), lower >= 0 else { return nil }
    if bounds[1] == "*" {
      self.init(lower: lower, upper: nil)
    } else {
      guard let upper = Int(bounds[1]), upper >= lower, upper < Int.max else { return nil }
      self.init(lower: lower, upper: upper)
    }
  }
}
