import ControlAPI

/// What is known of a configuration that is being made.
struct ConfigurationDraft {
  /// What a configuration cannot be without.
  enum Gap: Hashable {
    case domain
    case scope
    case sink
    case endpoint
    case token
    case path

    /// The flags that fill it.
    var flags: String {
      switch self {
      case .domain: "--domain"
      case .scope: "one of --all, --group or --ou"
      case .sink: "--sink"
      case .endpoint: "--endpoint"
      case .token: "one of --token-file or --token-credential"
      case .path: "--path"
      }
    }
  }

  var domain: String?
  var notificationEmails: [String] = []
  var mode: NewConfiguration.Scope.Mode?
  /// DNs of groups or OUs, as `mode` says.
  var included: [String] = []
  var excluded: [String] = []
  var sink: NewConfiguration.Sink.Kind?
  var endpoint: String?
  var tokenFile: String?
  var tokenCredential: String?
  var path: String?
  var isEnabled = false

  /// In the order in which they are asked for.
  var gaps: [Gap] {
    var gaps: [Gap] = []
    if domain == nil { gaps.append(.domain) }
    if mode == nil || (mode != .all && included.isEmpty) { gaps.append(.scope) }
    switch sink {
    case nil: gaps.append(.sink)
    case .file:
      if path == nil { gaps.append(.path) }
    case .scim:
      if endpoint == nil { gaps.append(.endpoint) }
      if tokenFile == nil, tokenCredential == nil { gaps.append(.token) }
    }
    return gaps
  }

  /// Nil while there are gaps.
  var configuration: NewConfiguration? {
    guard gaps.isEmpty, let domain, let mode, let sink else { return nil }
    return NewConfiguration(
      domain: domain,
      enabled: isEnabled,
      notificationEmails: notificationEmails.isEmpty ? nil : notificationEmails,
      scope: NewConfiguration.Scope(
        mode: mode,
        include: mode == .all ? nil : included,
        exclude: excluded.isEmpty ? nil : excluded
      ),
      sink: NewConfiguration.Sink(
        kind: sink,
        endpoint: endpoint,
        tokenFile: tokenFile,
        tokenCredential: tokenCredential,
        path: path
      )
    )
  }
}
