/// The change of case of .NET: a letter for a letter. What has no single counterpart stays, so ß has no capital.
enum CaseMapping: Sendable {
  case invariant
  /// Turkish and Azeri, whose dotted and dotless i are different letters.
  case dottedI

  /// A language in two or three letters, with or without script and region, as in `tr-TR` (RFC 4646); "" is the
  /// invariant one. Nil for what is no such name.
  init?(culture: String) {
    let parts = culture.split(separator: "-", omittingEmptySubsequences: false)
    let isWellFormed = parts.enumerated().allSatisfy { index, part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }
        && (index == 0 ? 2...3 : 2...8).contains(part.utf8.count)
    }
    guard culture.isEmpty || (isWellFormed && parts.count <= 4) else { return nil }
    self = ["tr", "az"].contains(parts.first?.lowercased()) ? .dottedI : .invariant
  }

  func upper(_ text: String) -> String {
    mapped(text, of: "a"..."z", to: "A") { self == .dottedI && $0 == "i" ? "İ" : $0.properties.uppercaseMapping }
  }

  func lower(_ text: String) -> String {
    mapped(text, of: "A"..."Z", to: "a") {
      switch $0 {
      case "I" where self == .dottedI: "ı"
      case "İ" where self == .dottedI: "i"
      default: $0.properties.lowercaseMapping
      }
    }
  }

  /// The letters of ASCII by their distance, as most texts are of them; i by the culture.
  private func mapped(
    _ text: String,
    of letters: ClosedRange<Unicode.Scalar>,
    to first: Unicode.Scalar,
    _ mapping: (Unicode.Scalar) -> String
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80, self == .invariant || (scalar != "i" && scalar != "I") {
        let isOther = !letters.contains(scalar)
        result.append(isOther ? scalar : Unicode.Scalar(UInt8(scalar.value - letters.lowerBound.value + first.value)))
        continue
      }
      let mapped = mapping(scalar).unicodeScalars
      result.append(mapped.count == 1 ? mapped[mapped.startIndex] : scalar)
    }
    return String(result)
  }
}
