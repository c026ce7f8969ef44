import ActiveDirectory
import Engine
import FileSink
import HTTPTransport
import LDAP
import Logging
import Model
import SCIM
import Settings

/// Makes concrete parts of settings: the one place where kinds of sinks and directories are listed.
struct PartFactory: Sendable {
  let transport: any HTTPTransport
  let time: any TimeSource
  let logger: Logger

  func directory(_ settings: DomainSettings) -> any Engine.Directory {
    ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: settings.name,
        controllers: settings.controllers.compactMap { DomainController($0) },
        site: settings.site,
        method: settings.changes.choice,
        security: settings.security.protocolSecurity,
        credentials: settings.authentication.credentials,
        caFile: settings.caFile
      ),
      time: time,
      logger: logger
    )
  }

  func setup(_ settings: ConfigurationSettings) -> ConfigurationSetup {
    ConfigurationSetup(
      configuration: settings.configuration,
      sinkIdentity: settings.sink.identity,
      sinkSettings: "\(settings.sink)",
      makeSink: { sink(settings.sink) }
    )
  }

  private func sink(_ settings: SinkSettings) -> any Sink {
    switch settings {
    case .scim(let settings):
      SCIMSink(
        options: SCIMOptions(
          endpoint: settings.endpoint,
          token: { try settings.token.readText() },
          caFile: settings.caFile,
          maxInFlight: settings.maximumInFlight
        ),
        transport: transport,
        time: time
      )
    case .file(let path):
      FileSink(path: path, time: time)
    }
  }
}

extension SinkSettings {
  fileprivate var identity: String {
    switch self {
    case .scim(let settings):
      "scim \(settings.endpoint.hasSuffix("/") ? String(settings.endpoint.dropLast()) : settings.endpoint)"
    case .file(let path): "file \(path)"
    }
  }
}

extension ConnectionSecurity {
  fileprivate var protocolSecurity: LDAPSecurity {
    switch self {
    case .ldaps: .ldaps
    case .startTLS: .startTLS
    case .signAndSeal: .signAndSeal
    }
  }
}

extension ChangesMethod {
  fileprivate var choice: MethodChoice {
    switch self {
    case .automatic: .automatic
    case .objectSecurity: .always(.objectSecurity)
    case .replication: .always(.replication)
    case .updateSequence: .always(.updateSequence)
    }
  }
}

extension DirectoryAuthentication {
  fileprivate var credentials: LDAPCredentials {
    switch self {
    case .password(let user, let secret): .simple(identity: user, password: { try secret.read() })
    case .keytab(let path, let principal): .gssapi(keytab: path, principal: principal)
    }
  }
}
