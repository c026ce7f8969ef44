import FoundationEssentials
import Model

/// Reads `[sink]`.
enum SinkReader {
  struct Result {
    let settings: SinkSettings
    let onLeaveScope: LeavingPolicy
    let deleteAfter: Duration?
    let sendsNestedGroups: Bool
  }

  private enum Kind: String, CaseIterable {
    case scim, file
  }

  private static let scimKeys = ["endpoint", "token", "ca-file", "max-in-flight"]
  private static let fileKeys = ["path"]

  /// - Parameter kinds: what the scope sends.
  static func read(_ reader: inout SettingsReader, kinds: Set<ResourceKind>) -> Result? {
    guard var table = reader.table("sink") else {
      if !reader.has("sink") { reader.reportMissing("sink", example: #"[sink] with kind = "scim""#) }
      return nil
    }
    defer { table.finish(into: &reader) }
    if !table.has("kind") { table.reportMissing("kind", example: #"kind = "scim""#) }
    let kind = table.choice("kind", Kind.self)
    let policy = table.choice("on-leave-scope", LeavingPolicy.self)
    let deleteAfter = table.duration("delete-after", atLeast: .seconds(1))
    if table.has("delete-after"), let policy, policy != .disable {
      table.report(
        "delete-after",
        "has a meaning with on-leave-scope = \"disable\" only",
        remedy: "Remove it, or choose on-leave-scope = \"disable\""
      )
    }
    let sendsNestedGroups = table.boolean("nested-groups") ?? false
    // All keys are read whatever the kind, so that one of the other kind is not called unknown.
    let scim = readSCIM(&table, isChosen: kind == .scim)
    let path = table.path("path")
    var settings: SinkSettings?
    switch kind {
    case .scim:
      reportMisplaced(fileKeys, kind: "scim", in: table)
      if kinds.contains(.organizationalUnit) {
        table.report(
          "kind",
          "SCIM has no organizational units, but scope.object-classes names them",
          remedy: "Remove organizational-unit from scope.object-classes"
        )
      }
      settings = scim.map(SinkSettings.scim)
    case .file:
      reportMisplaced(scimKeys, kind: "file", in: table)
      if !table.has("path") { table.reportMissing("path", example: #"path = "/var/lib/adprov/changes.jsonl""#) }
      settings = path.map { .file(path: $0) }
    case nil: break
    }
    guard let settings else { return nil }
    return Result(
      settings: settings,
      onLeaveScope: policy ?? .disable,
      deleteAfter: deleteAfter,
      sendsNestedGroups: sendsNestedGroups
    )
  }

  private static func readSCIM(_ table: inout SettingsReader, isChosen: Bool) -> SCIMSinkSettings? {
    if isChosen, !table.has("endpoint") {
      table.reportMissing("endpoint", example: #"endpoint = "https://scim.example.com/v2""#)
    }
    if isChosen, !table.has("token") {
      table.reportMissing("token", example: #"token = { credential = "scim-token" }"#)
    }
    let endpoint = readEndpoint(&table)
    let token = table.secret("token")
    let caFile = table.readableFile("ca-file")
    let maximumInFlight = table.integer("max-in-flight", in: 1...64)
    guard let endpoint, let token else { return nil }
    return SCIMSinkSettings(
      endpoint: endpoint,
      token: token,
      caFile: caFile,
      maximumInFlight: maximumInFlight ?? 8
    )
  }

  private static func readEndpoint(_ table: inout SettingsReader) -> String? {
    guard let text = table.text("endpoint") else { return nil }
    let example = #"Give the base URL of the service, for example "https://scim.example.com/v2""#
    guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(), let host = url.host,
      !host.isEmpty, scheme == "https" || scheme == "http"
    else {
      table.report("endpoint", "\(quotation(text)) is not an https URL", remedy: example)
      return nil
    }
    guard url.user == nil, url.password == nil else {
      // Not quoted: it may hold a password.
      table.report("endpoint", "holds a user or password", remedy: "Remove it and give the secret as token")
      return nil
    }
    guard url.query == nil, url.fragment == nil else {
      table.report("endpoint", "\(quotation(text)) has a query or fragment", remedy: example)
      return nil
    }
    guard scheme == "https" || isThisMachine(host) else {
      table.report(
        "endpoint",
        "over http the token could be read on the network",
        remedy: "Use https; http is for this machine only"
      )
      return nil
    }
    return String(text.reversed().drop { $0 == "/" }.reversed())
  }

  private static func isThisMachine(_ host: String) -> Bool {
    ["localhost", "::1", "[::1]"].contains(host.lowercased()) || HostName.isAddress(host) && host.hasPrefix("127.")
  }

  private static func reportMisplaced(_ keys: [String], kind: String, in table: SettingsReader) {
    for key in keys where table.has(key) {
      table.report(key, "has no meaning with kind = \"\(kind)\"", remedy: "Remove it or change the kind")
    }
  }
}
