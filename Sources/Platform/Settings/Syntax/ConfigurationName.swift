/// Names of configurations; they become file names, parts of URLs and values of journal fields.
package enum ConfigurationName {
  /// Whether the name is made of 1 to 63 lower-case letters, digits and hyphens and begins with a letter or digit.
  package static func isValid(_ name: some StringProtocol) -> Bool {
    (1...63).contains(name.utf8.count) && !name.hasPrefix("-")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}

extension ConfigurationName {
  static func problem(with name: String, file: String) -> SettingsProblem {
    SettingsProblem(
      file: file,
      message: "\(quotation(name)) cannot be the name of a configuration",
      remedy: "Use 1 to 63 lower-case letters, digits and hyphens, with a letter or digit first"
    )
  }
}
