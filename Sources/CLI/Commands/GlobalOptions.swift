import ArgumentParser

/// Options that every verb has.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Control socket of the daemon (default: $ADPROV_SOCKET, or \(CommandContext.defaultSocket)).",
      valueName: "path"
    )
  )
  var socket: String?

  @Flag(help: "Print JSON, whose shape is stable.")
  var json = false
}
