import Model
import Words

extension ConfigurationSettings {
  /// - Parameters:
  ///   - name: of the configuration; the file's name without `.toml`.
  ///   - file: where the text comes from; relative paths in it count from its folder.
  ///   - domains: DNS names of the domains that the daemon reads.
  /// - Throws: with every problem of the text.
  package init(
    parsing text: String,
    name: String,
    file: String,
    domains: some Collection<String>
  ) throws(InvalidSettings) {
    let values = try TOMLNode.parse(text, file: file)
    let report = ProblemReport(file: file, text: text)
    if !ConfigurationName.isValid(name) { report.add(ConfigurationName.problem(with: name, file: file)) }
    var reader = SettingsReader(TableReader(values, report: report), file: file)

    let domain = Self.readDomain(&reader, known: domains.map { $0.lowercased() })
    let isEnabled = reader.boolean("enabled") ?? false
    let emails = Self.readEmails(&reader)
    let interval = reader.duration("interval", atLeast: Self.minimumInterval)
    let scope = ScopeReader.read(&reader, domain: domain)
    let sink = SinkReader.read(&reader, kinds: scope?.kinds ?? [])
    let mapping = MappingReader.read(&reader)
    let deleteGuard = GuardReader.read(&reader)
    reader.finish()
    try report.finish()
    // Whatever is missing was reported, so this only tells the compiler.
    guard let domain, let scope, let sink else { throw InvalidSettings([]) }

    configuration = Configuration(
      name: name,
      domain: domain,
      isEnabled: isEnabled,
      notificationEmails: emails,
      interval: interval ?? Self.defaultInterval,
      scope: scope,
      mapping: mapping,
      onLeaveScope: sink.onLeaveScope,
      deleteAfter: sink.deleteAfter,
      sendsNestedGroups: sink.sendsNestedGroups,
      deleteGuard: deleteGuard
    )
    self.sink = sink.settings
    self.file = file
    references = reader.references
  }

  private static func readDomain(_ reader: inout SettingsReader, known: [String]) -> String? {
    guard let text = reader.text("domain") else {
      if !reader.has("domain") {
        reader.reportMissing("domain", example: "domain = \"\(known.first ?? "corp.example.com")\"")
      }
      return nil
    }
    guard HostName.isName(text) else {
      reader.report("domain", "\(quotation(text)) is not the DNS name of a domain", remedy: "Give its full DNS name")
      return nil
    }
    let domain = text.lowercased()
    guard known.contains(domain) else {
      let hint = nearestWord(to: domain, among: known).map { "Did you mean \"\($0)\"?" }
      reader.report(
        "domain",
        "the daemon does not read the domain \(domain)",
        remedy: hint ?? "Add a [[domain]] table of that name to adprovd.toml"
      )
      return nil
    }
    return domain
  }

  private static func readEmails(_ reader: inout SettingsReader) -> [String] {
    let emails = reader.strings("notification-emails") ?? []
    for (path, text) in emails where !MailAddress.isValid(text) {
      reader.report(
        at: path,
        "\(quotation(text)) is not a mail address",
        remedy: #"Give the address alone, for example "iam-ops@example.com""#
      )
    }
    return emails.map(\.text)
  }
}
