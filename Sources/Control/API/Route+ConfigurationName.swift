extension Route {
  package static let configurationNameRule =
    "1 to 63 lower-case letters, digits and hyphens, with a letter or digit first"

  /// Whether a configuration may be called so. The name is part of paths, here and in the file system.
  package static func isConfigurationName(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count) && !name.hasPrefix("-")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
