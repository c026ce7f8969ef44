@testable import ControlAPI
@testable import Settings

extension FuzzTarget {
  static let resetWords = FuzzTarget("reset-words", maximumSize: 128) { input in
    let values = input.parts.map { Substring(decoding: $0, as: UTF8.self) }
    let words = values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    do throws(Reset.UnknownWord) {
      let resets = try Reset.set(from: values)
      require(words.allSatisfy { $0 == Reset.all || Reset(rawValue: String($0)) != nil }, "every word is known")
      require((try? Reset.set(from: [Reset.value(of: resets)[...]])) == resets, "the written form reads as the same")
    } catch {
      require(words.contains { $0 == error.word } && Reset(rawValue: error.word) == nil, "what is refused is unknown")
    }
  }

  /// The daemon's settings and its API have the same names.
  static let configurationName = FuzzTarget("configuration-name", maximumSize: 80) { input in
    let name = input.text
    require(Route.isConfigurationName(name) == ConfigurationName.isValid(name), "both agree")
    guard Route.isConfigurationName(name) else { return }
    require(Route.restart(name).utf8.split(separator: UInt8(ascii: "/")).count == 4, "a name is one part of a path")
  }
}
