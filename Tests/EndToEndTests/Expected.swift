import Foundation
import TestSupport

/// What must be in the cloud of everything below OU=Lab, read from the directory by another way than adprov's: plain
/// searches with OpenLDAP's tools.
struct Expected {
  let users: [String]
  let groups: [String]
  /// By group: user names.
  let members: [String: Set<String>]

  static func of(_ lab: LabEnvironment) async throws -> Expected {
    let administrator = LabAdministrator(lab)
    let suffix = ",OU=Lab,\(try lab["LAB_BASE_DN"])"
    let users = LDIF.entries(
      try administrator.search("(&(objectClass=user)(!(objectClass=computer)))", ["userPrincipalName"])
    ).filter { $0.name.hasSuffix(suffix) }
    let groups = LDIF.entries(try administrator.search("(objectClass=group)", ["cn", "displayName", "member"]))
      .filter { $0.name.hasSuffix(suffix) }
    let names = Dictionary(
      uniqueKeysWithValues: users.map { entry in
        (entry.name, String((entry["userPrincipalName"].first ?? "").prefix { $0 != "@" }))
      }
    )
    func title(_ group: LDIF.Entry) -> String { group["displayName"].first ?? group["cn"].first ?? "" }
    return Expected(
      users: names.values.sorted(),
      groups: groups.map(title).sorted(),
      members: Dictionary(
        uniqueKeysWithValues: groups.map { (title($0), Set($0["member"].compactMap { names[$0] })) }
      )
    )
  }
}

/// As much of RFC 2849 as ldapsearch writes.
enum LDIF {
  struct Entry {
    let name: String
    private let values: [String: [String]]

    init(_ lines: [Substring]) {
      let pairs = lines.compactMap(LDIF.pair)
      name = pairs.first { $0.0 == "dn" }?.1 ?? ""
      values = Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
    }

    subscript(attribute: String) -> [String] { values[attribute] ?? [] }
  }

  static func entries(_ text: String) -> [Entry] {
    text.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "").map { Entry(Array($0)) }
      .filter { !$0.name.isEmpty }
  }

  private static func pair(_ line: Substring) -> (String, String)? {
    guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { return nil }
    let name = String(line[..<colon])
    let rest = line[line.index(after: colon)...]
    guard rest.hasPrefix(":") else { return (name, rest.trimmingCharacters(in: .whitespaces)) }
    let encoded = rest.dropFirst().trimmingCharacters(in: .whitespaces)
    return Data(base64Encoded: encoded).map { (name, String(decoding: $0, as: UTF8.self)) }
  }
}
