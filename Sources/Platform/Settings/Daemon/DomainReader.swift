/// Reads the `[[domain]]` tables.
enum DomainReader {
  static func read(_ reader: inout SettingsReader) -> [DomainSettings] {
    let tables = reader.tables("domain")
    if !reader.has("domain") || reader.isEmptyArray("domain") {
      reader.reportMissing("domain", example: #"[[domain]] with name = "corp.example.com""#)
    }
    var domains: [DomainSettings] = []
    var names: Set<String> = []
    for var table in tables {
      let name = readName(&table)
      if let name, !names.insert(name).inserted {
        table.report("name", "the domain \(name) is defined twice", remedy: "Keep one [[domain]] table of it")
      }
      let domain = read(&table, name: name)
      table.finish(into: &reader)
      if let domain { domains.append(domain) }
    }
    return domains
  }

  private static func readName(_ table: inout SettingsReader) -> String? {
    guard let text = table.text("name") else {
      if !table.has("name") { table.reportMissing("name", example: #"name = "corp.example.com""#) }
      return nil
    }
    guard HostName.isName(text) else {
      table.report(
        "name",
        "\(quotation(text)) is not the DNS name of a domain",
        remedy: #"Give the full DNS name, for example "corp.example.com""#
      )
      return nil
    }
    return text.lowercased()
  }

  private static func read(_ table: inout SettingsReader, name: String?) -> DomainSettings? {
    let controllers = readControllers(&table)
    let site = readSite(&table)
    let changes = table.choice("changes", ChangesMethod.self) ?? .automatic
    let chosenSecurity = table.choice("security", ConnectionSecurity.self)
    let caFile = table.readableFile("ca-file")
    guard var inner = table.table("authentication") else {
      if !table.has("authentication") {
        table.reportMissing("authentication", example: #"[domain.authentication] with method = "keytab""#)
      }
      return nil
    }
    let authentication = AuthenticationReader.read(&inner)
    inner.finish(into: &table)
    guard let authentication else { return nil }
    let security = chosenSecurity ?? authentication.usualSecurity
    check(security, caFile: caFile, controllers: controllers, authentication, in: table)
    guard let name else { return nil }
    return DomainSettings(
      name: name,
      controllers: controllers.map(\.text),
      site: site,
      changes: changes,
      security: security,
      caFile: caFile,
      authentication: authentication
    )
  }

  private static func readControllers(_ table: inout SettingsReader) -> [(path: KeyPath, text: String)] {
    let example = #"controllers = ["dc1.corp.example.com"]"#
    guard let controllers = table.strings("controllers") else { return [] }
    if controllers.isEmpty {
      table.report("controllers", "is empty", remedy: "Name at least one, as in \(example), or remove it to ask DNS")
    }
    for (path, text) in controllers where !HostName.isName(text) && !HostName.isAddress(text) {
      table.report(
        at: path,
        "\(quotation(text)) is not the DNS name of a domain controller",
        remedy: #"Give the name alone, without scheme and port, for example "dc1.corp.example.com""#
      )
    }
    return controllers
  }

  private static func readSite(_ table: inout SettingsReader) -> String? {
    guard let site = table.text("site") else { return nil }
    if table.has("controllers") {
      table.report(
        "site",
        "has no meaning beside controllers, which are not searched for",
        remedy: "Remove one of them"
      )
    }
    guard HostName.isName(site), !site.contains(".") else {
      table.report(
        "site",
        "\(quotation(site)) cannot be found by DNS as the name of a site",
        remedy: #"Give the name of the site as in Active Directory, for example "Default-First-Site-Name""#
      )
      return nil
    }
    return site
  }

  /// Refuses what a domain controller would refuse, or worse, accept.
  private static func check(
    _ security: ConnectionSecurity,
    caFile: String?,
    controllers: [(path: KeyPath, text: String)],
    _ authentication: DirectoryAuthentication,
    in table: SettingsReader
  ) {
    if security == .signAndSeal, caFile != nil {
      table.report(
        "ca-file",
        "has no use with sign-and-seal, which knows no certificates",
        remedy: "Remove one of them"
      )
    }
    switch authentication {
    case .password where security == .signAndSeal:
      table.report(
        "security",
        "sign-and-seal needs a keytab: with a password it would go over the network in clear text",
        remedy: #"Use "ldaps" or "starttls", or authenticate by keytab"#
      )
    case .password: break
    case .keytab:
      for (path, text) in controllers where HostName.isAddress(text) {
        table.report(
          at: path,
          "Kerberos needs the name of the domain controller, not its address",
          remedy: "Give its DNS name"
        )
      }
    }
  }
}

extension DirectoryAuthentication {
  /// What protects the connection where the settings do not say.
  fileprivate var usualSecurity: ConnectionSecurity {
    switch self {
    case .password: .ldaps
    case .keytab: .signAndSeal
    }
  }
}
