import ADSimulator
import LDAP
import Model

/// The entries that are not the domain's: the root, the NTDS settings, the service's settings and the schema.
struct ServerEntries {
  private let root: RootAttributes
  private let options: ControllerOptions
  private let lifetimes: (tombstone: Duration, deleted: Duration)

  init(_ view: ReplicaView) {
    self.init(
      RootAttributes(host: view.host, invocationID: view.invocationID, highestUSN: view.replica.usn, view.options),
      view.options,
      lifetimes: view.lifetimes
    )
  }

  init(_ root: RootAttributes, _ options: ControllerOptions, lifetimes: (tombstone: Duration, deleted: Duration)) {
    self.root = root
    self.options = options
    self.lifetimes = lifetimes
  }

  /// Nil when the search is about something else.
  func answer(
    _ search: LDAPSearch,
    _ filter: SearchFilter,
    _ wanted: RequestedAttributes
  ) throws(LDAPError) -> SearchOutcome? {
    switch search.base.lowercased() {
    case "" where search.scope == .subtree:
      throw LDAPError(.search, .noSuchObject, "0000208D: NameErr: the root has no subtree")
    case "" where wanted.names.contains("netlogon"): return ping(filter)
    case "": return entry("", root.attributes, wanted)
    case root.serviceName.lowercased():
      return entry(root.serviceName, [("invocationId", [root.invocationID.bytes])], wanted)
    case Self.serviceSettings.lowercased(): return entry(Self.serviceSettings, serviceSettings, wanted)
    case RootAttributes.schema.lowercased(): return confidentialAttributes(filter, wanted)
    default: return nil
    }
  }

  private func ping(_ filter: SearchFilter) -> SearchOutcome {
    let domain = filter.required("DnsDomain").map { String(decoding: $0, as: UTF8.self).lowercased() }
    // To a domain that it does not serve a controller says nothing (MS-ADTS 6.3.3.2).
    guard domain == nil || domain == RootAttributes.domain else { return SearchOutcome() }
    let answer = NetlogonMessage(host: root.host, options).bytes
    return SearchOutcome(entries: [LDAPEntry(name: [], attributes: [LDAPAttribute("netlogon", [answer])])])
  }

  private var serviceSettings: [(String, [[UInt8]])] {
    [("tombstoneLifetime", lifetimes.tombstone), ("msDS-DeletedObjectLifetime", lifetimes.deleted)].map {
      ($0.0, [Array("\($0.1.components.seconds / 86_400)".utf8)])
    }
  }

  private func confidentialAttributes(_ filter: SearchFilter, _ wanted: RequestedAttributes) -> SearchOutcome {
    var outcome = SearchOutcome()
    for attribute in options.confidentialAttributes.sorted() {
      let values: [AttributeName: [UInt8]] = [
        "objectClass": Array("attributeSchema".utf8), "lDAPDisplayName": Array(attribute.folded.utf8),
        "searchFlags": Array("128".utf8),
      ]
      guard filter.matches({ name in values[name].map { [$0] } ?? [] }) else { continue }
      let found = wanted.requests.compactMap { request in
        values[request.name].map { LDAPAttribute(request.text, [$0]) }
      }
      let name = "CN=\(attribute.folded),\(RootAttributes.schema)"
      outcome.entries.append(LDAPEntry(name: Array(name.utf8), attributes: found))
    }
    return outcome
  }

  private func entry(
    _ name: String,
    _ attributes: [(String, [[UInt8]])],
    _ wanted: RequestedAttributes
  ) -> SearchOutcome {
    let shown = attributes.filter { wanted.contains(AttributeName($0.0)) && !$0.1.isEmpty }
    return SearchOutcome(entries: [
      LDAPEntry(name: Array(name.utf8), attributes: shown.map { LDAPAttribute($0.0, $0.1) })
    ])
  }

  private static let serviceSettings =
    "CN=Directory Service,CN=Windows NT,CN=Services,\(RootAttributes.configuration)"
}
