/// .NET's `[a-z-[aeiou]]`. PCRE2 would take it for another class with a `]` behind it, and so match something else
/// without a word.
enum ClassSubtraction {
  /// The place of the first one.
  static func find(in text: String) -> String.Index? {
    var isInClass = false
    var isQuoted = false
    var hasMember = false
    var index = text.startIndex
    while index < text.endIndex {
      let rest = text[index...]
      var length = 1
      if isQuoted {
        isQuoted = !rest.hasPrefix("\\E")
      } else if rest.hasPrefix("\\") {
        isQuoted = rest.hasPrefix("\\Q")
        hasMember = true
        length = 2
      } else if !isInClass {
        if rest.first == "[" {
          isInClass = true
          hasMember = false
          if rest.hasPrefix("[^") { length = 2 }
        }
      } else if rest.hasPrefix("[:"), let end = posixClassEnd(rest) {
        hasMember = true
        length = rest.distance(from: index, to: end)
      } else if rest.hasPrefix("-["), hasMember, !rest.hasPrefix("-[:") {
        return index
      } else if rest.first == "]", hasMember {
        isInClass = false
      } else {
        hasMember = true
      }
      index = text.index(index, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
    }
    return nil
  }

  private static func posixClassEnd(_ text: Substring) -> String.Index? {
    let name = text.dropFirst(2).prefix { $0.isASCII && $0.isLetter || $0 == "^" }
    return text[name.endIndex...].hasPrefix(":]") ? text.index(name.endIndex, offsetBy: 2) : nil
  }
}
