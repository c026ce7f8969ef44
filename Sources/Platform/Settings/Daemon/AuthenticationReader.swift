/// Reads `[domain.authentication]`.
enum AuthenticationReader {
  private enum Method: String, CaseIterable {
    case password, keytab
  }

  private static let passwordKeys = ["user", "password"]
  private static let keytabKeys = ["keytab", "principal"]

  static func read(_ table: inout SettingsReader) -> DirectoryAuthentication? {
    let method = table.choice("method", Method.self)
    // All keys are read whatever the method, so that one of the other method is not called unknown.
    let user = table.text("user")
    let password = table.secret("password")
    let keytab = table.path("keytab")
    let principal = table.text("principal")
    switch method {
    case .password:
      reportMisplaced(keytabKeys, method: "password", in: table)
      require("user", example: #"user = "svc-adprov@corp.example.com""#, in: table)
      require("password", example: #"password = { credential = "ad-password" }"#, in: table)
      guard let user, let password else { return nil }
      return .password(user: user, password)
    case .keytab:
      reportMisplaced(passwordKeys, method: "keytab", in: table)
      require("principal", example: #"principal = "svc-adprov@CORP.EXAMPLE.COM""#, in: table)
      if keytab != nil || !table.has("keytab") { table.note(.file(keytab ?? defaultKeytab), "keytab") }
      guard let principal = checked(principal, in: table) else { return nil }
      return .keytab(path: keytab ?? defaultKeytab, principal: principal)
    case nil:
      require("method", example: #"method = "keytab" or method = "password""#, in: table)
      return nil
    }
  }

  /// Where `adcli`, `realm` and `net ads` put the machine's keys.
  private static let defaultKeytab = "/etc/krb5.keytab"

  private static func require(_ key: String, example: String, in table: SettingsReader) {
    if !table.has(key) { table.reportMissing(key, example: example) }
  }

  private static func reportMisplaced(_ keys: [String], method: String, in table: SettingsReader) {
    for key in keys where table.has(key) {
      table.report(key, "has no meaning with method = \"\(method)\"", remedy: "Remove it or change the method")
    }
  }

  private static func checked(_ principal: String?, in table: SettingsReader) -> String? {
    guard let principal else { return nil }
    let parts = principal.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
      table.report(
        "principal",
        "\(quotation(principal)) is not a Kerberos principal",
        remedy: #"Give name@REALM, for example "svc-adprov@CORP.EXAMPLE.COM" or "AGENT01$@CORP.EXAMPLE.COM""#
      )
      return nil
    }
    return principal
  }
}
