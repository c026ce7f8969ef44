import Foundation
import HTTPTransport
import TestSupport

/// A real SCIM server that holds nothing but what one daemon has sent it.
struct SCIMInstance {
  let endpoint: String
  let tokenFile: String
  private let accessLog: String
  private let runFolder: String
  private let script: String

  static func start(in folder: String) async throws -> SCIMInstance {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/lab/scim.sh").path
    try await ChildProcess.run(script, ["up"], environment: ["ADPROV_SCIM_RUN": folder])
    let lines = try String(contentsOfFile: folder + "/env", encoding: .utf8).split(separator: "\n")
    let values = Dictionary(
      lines.compactMap { line in
        line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
      },
      uniquingKeysWith: { $1 }
    )
    guard let endpoint = values["SCIM_ENDPOINT"], let token = values["SCIM_TOKEN_FILE"],
      let log = values["SCIM_ACCESS_LOG"]
    else { throw InstallationError("the SCIM server's env file lacks values") }
    return SCIMInstance(
      endpoint: endpoint,
      tokenFile: token,
      accessLog: log,
      runFolder: folder,
      script: script
    )
  }

  func stop() async {
    _ = try? await ChildProcess.run(script, ["down"], environment: ["ADPROV_SCIM_RUN": runFolder])
  }

  /// By which the requests of `contents` are told from the daemon's: the server logs them when it likes.
  private static let pageSize = 97

  /// Of the daemon, as far as the server has logged them: it does so after it has answered.
  var requests: Int {
    get throws { try log.count }
  }

  /// What was asked for after the first so many requests.
  func requests(after count: Int) throws -> [String] { Array(try log.dropFirst(count)) }

  private var log: [String] {
    get throws {
      try String(contentsOfFile: accessLog, encoding: .utf8).split(separator: "\n").map(String.init)
        .filter { !$0.contains("&count=\(Self.pageSize) ") }
    }
  }

  /// Everything that it holds.
  func contents() async throws -> SCIMContents {
    SCIMContents(
      users: try await all("Users", SCIMContents.User.self),
      groups: try await all("Groups", SCIMContents.Group.self)
    )
  }

  /// Behind the daemon's back.
  func deleteGroup(_ id: String) async throws {
    let token = try String(contentsOfFile: tokenFile, encoding: .utf8)
    let response = try await Transport.shared().send(
      HTTPRequest(
        method: "DELETE",
        url: "\(endpoint)/Groups/\(id)",
        headers: [HTTPHeader("Authorization", "Bearer \(token)")]
      )
    )
    guard response.status == 204 else { throw InstallationError("DELETE was answered with \(response.status)") }
  }

  private func all<Resource: Decodable>(_ type: String, _: Resource.Type) async throws -> [Resource] {
    let token = try String(contentsOfFile: tokenFile, encoding: .utf8)
    var found: [Resource] = []
    while true {
      let response = try await Transport.shared().send(
        HTTPRequest(
          method: "GET",
          url: "\(endpoint)/\(type)?startIndex=\(found.count + 1)&count=\(Self.pageSize)",
          headers: [HTTPHeader("Authorization", "Bearer \(token)")]
        )
      )
      let page = try JSONDecoder().decode(Page<Resource>.self, from: Data(response.body))
      found += page.resources
      if page.resources.isEmpty || found.count >= page.totalResults { return found }
    }
  }

  private struct Page<Resource: Decodable>: Decodable {
    let totalResults: Int
    let resources: [Resource]

    enum CodingKeys: String, CodingKey {
      case totalResults
      case resources = "Resources"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      totalResults = try container.decode(Int.self, forKey: .totalResults)
      resources = try container.decodeIfPresent([Resource].self, forKey: .resources) ?? []
    }
  }
}

/// What a SCIM server holds, in the words of the tests.
struct SCIMContents {
  struct User: Decodable, Equatable {
    let id: String
    let externalId: String?
    let userName: String
    let displayName: String?
    let title: String?
    let active: Bool?
  }

  struct Group: Decodable {
    struct Member: Decodable {
      let value: String
    }

    let id: String
    let externalId: String?
    let displayName: String
    let members: [Member]?
  }

  let users: [User]
  let groups: [Group]

  func user(_ accountName: String) -> User? {
    users.first { $0.userName.hasPrefix(accountName + "@") }
  }

  /// User names (up to the @) and group names of the members.
  func members(of group: String) -> Set<String>? {
    guard let group = groups.first(where: { $0.displayName == group }) else { return nil }
    let names = users.map { ($0.id, String($0.userName.prefix { $0 != "@" })) } + groups.map { ($0.id, $0.displayName) }
    let byID = Dictionary(names, uniquingKeysWith: { $1 })
    return Set((group.members ?? []).map { byID[$0.value] ?? "unknown \($0.value)" })
  }

  var userNames: [String] { users.map { String($0.userName.prefix { $0 != "@" }) }.sorted() }
  var groupNames: [String] { groups.map(\.displayName).sorted() }
}

extension SCIMInstance {
  /// Waits until the server has answered that many creates.
  func waitForCreates(_ count: Int) async throws {
    try await ChildProcess.waitForLines(count, like: "POST .* 201 ", in: accessLog)
  }
}
