import ArgumentParser

/// Only groups its verbs.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, show, check and switch configurations.",
    subcommands: [
      ConfigList.self, ConfigShow.self, ConfigNew.self, ConfigEnable.self, ConfigDisable.self, ConfigCheck.self,
    ]
  )
}
