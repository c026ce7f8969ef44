import ArgumentParser
import ControlAPI
import ControlClient

struct ConfigNew: Verb {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a configuration.",
    discussion: """
      The domain is filled in from the daemon or from this host. What else is missing is asked for on a terminal. The \
      result is a file that the daemon writes; attribute mappings and limits are edited there.
      """
  )

  @Argument(help: "Name of the configuration.")
  var name: String

  @Option(help: ArgumentHelp("DNS name of the domain.", valueName: "domain"))
  var domain: String?

  @Option(help: ArgumentHelp("Mail address that hears of trouble; repeatable.", valueName: "address"))
  var notify: [String] = []

  @Flag(help: "Manage everybody in the domain.")
  var all = false

  @Option(
    name: .customLong("group"),
    help: ArgumentHelp("Manage a group and its members; repeatable.", valueName: "dn")
  )
  var groups: [String] = []

  @Option(name: .customLong("ou"), help: ArgumentHelp("Manage all below an OU; repeatable.", valueName: "dn"))
  var organizationalUnits: [String] = []

  @Option(help: ArgumentHelp("Never manage this group, OU or object; repeatable.", valueName: "dn"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Where to: scim or file.", valueName: "kind"))
  var sink: NewConfiguration.Sink.Kind?

  @Option(help: ArgumentHelp("scim: base URL of the service.", valueName: "url"))
  var endpoint: String?

  @Option(help: ArgumentHelp("scim: file that holds the bearer token.", valueName: "path"))
  var tokenFile: String?

  @Option(help: ArgumentHelp("scim: systemd credential that holds the bearer token.", valueName: "name"))
  var tokenCredential: String?

  @Option(help: ArgumentHelp("file: where the operations are written.", valueName: "path"))
  var path: String?

  @Flag(help: "Let it provision at once; without, it is made disabled.")
  var enable = false

  @OptionGroup var options: GlobalOptions

  func run(in context: CommandContext) async throws -> ExitStatus {
    try requireConsistentFlags()
    let client = context.client(options)
    var draft = draft(on: context.host)
    if draft.domain == nil { draft.domain = try await likelyDomain(client, context.host) }
    // The dialog shares its output with the answer, which --json makes one for programs.
    if context.terminal.isInteractive, !options.json {
      try ConfigurationDialog(terminal: context.terminal, host: context.host).complete(&draft)
    }
    guard let configuration = draft.configuration else {
      throw CommandFailure.usage(
        "config new needs \(draft.gaps.map(\.flags).joined(separator: "; ")).",
        remedy: "adprovctl config new --help describes them."
      )
    }
    let detail = try await client.create(name, configuration)
    try show(detail, in: context) { text(detail).printableLines }
    return .ok
  }

  private func requireConsistentFlags() throws {
    guard Route.isConfigurationName(name) else { throw ControlClientError.invalidName }
    if !groups.isEmpty, !organizationalUnits.isEmpty {
      throw CommandFailure.usage(
        "groups and OUs cannot be combined.",
        remedy: "Make one configuration for the groups and one for the OUs."
      )
    }
    if all, !groups.isEmpty || !organizationalUnits.isEmpty {
      throw CommandFailure.usage("--all cannot be combined with --group or --ou.", remedy: "Leave one of them away.")
    }
    if tokenFile != nil, tokenCredential != nil {
      throw CommandFailure.usage(
        "--token-file and --token-credential cannot be combined.",
        remedy: "Leave one of them away."
      )
    }
    let isForSCIM = endpoint != nil || tokenFile != nil || tokenCredential != nil
    if path != nil && (isForSCIM || sink == .scim) || isForSCIM && sink == .file {
      throw CommandFailure.usage(
        "--path belongs to --sink file; --endpoint and the token belong to --sink scim.",
        remedy: "Give only what belongs to one of them."
      )
    }
  }

  private func draft(on host: Host) -> ConfigurationDraft {
    var draft = ConfigurationDraft()
    draft.domain = domain
    draft.notificationEmails = notify
    draft.mode = all ? .all : !groups.isEmpty ? .groups : !organizationalUnits.isEmpty ? .organizationalUnits : nil
    draft.included = groups + organizationalUnits
    draft.excluded = exclude
    // What belongs to one kind of sink only names it, too.
    draft.sink = sink ?? (path != nil ? .file : endpoint != nil ? .scim : nil)
    draft.endpoint = endpoint
    draft.tokenFile = tokenFile.map(host.absolute)
    draft.tokenCredential = tokenCredential
    draft.path = path.map(host.absolute)
    draft.isEnabled = enable
    return draft
  }

  /// The only domain that the daemon reads; among several, this host's, if it is one of them.
  private func likelyDomain(_ client: ControlClient, _ host: Host) async throws -> String? {
    let known = try await client.status().domains.map(\.name)
    if known.count == 1 { return known[0] }
    let own = HostDomain.find(on: host)
    return known.isEmpty || own.map(known.contains) == true ? own : nil
  }

  private func text(_ detail: ConfigurationDetail) -> String {
    let next =
      detail.enabled
      ? "See how it fares with: adprovctl status"
      : "It is disabled. Look at it with: adprovctl config show \(detail.name)\n"
        + "Then let it provision with: adprovctl config enable \(detail.name)"
    return "Made \(detail.name) for \(detail.domain), in \(detail.path).\n\(next)"
  }
}

extension NewConfiguration.Sink.Kind: ExpressibleByArgument {}
