extension Reset {
  /// A word that names no reset.
  package struct UnknownWord: Error, Equatable {
    package let word: String
  }

  /// What the values of `QueryParameter.reset` ask for; several values add up.
  ///
  /// - Throws: `UnknownWord` for the first one, so that what is misspelt resets nothing at all.
  package static func set(from values: some Sequence<Substring>) throws(UnknownWord) -> Set<Reset> {
    var resets: Set<Reset> = []
    for word in values.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      if word == all {
        resets.formUnion(allCases)
      } else if let reset = Reset(rawValue: String(word)) {
        resets.insert(reset)
      } else {
        throw UnknownWord(word: String(word))
      }
    }
    return resets
  }

  /// The value of `QueryParameter.reset` that asks for these; there is none for no reset.
  package static func value(of resets: Set<Reset>) -> String {
    resets.map(\.rawValue).sorted().joined(separator: ",")
  }
}
