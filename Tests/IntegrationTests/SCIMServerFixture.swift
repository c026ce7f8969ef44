import Engine
import Foundation
import HTTPTransport
import Model
import SCIM
import TestSupport
import Testing

/// A SCIM sink on a real server, and requests past it.
struct SCIMServerFixture: Sendable {
  let server: SCIMServer
  let transport: CurlTransport
  let sink: SCIMSink

  static func with(
    token: String? = nil,
    suffix: String = "",
    _ body: (SCIMServerFixture) async throws -> Void
  ) async throws {
    let server = try SCIMServer.required()
    let transport = try CurlTransport()
    let word = token ?? server.token
    let sink = SCIMSink(
      options: SCIMOptions(endpoint: server.endpoint + suffix, token: { word }),
      transport: transport,
      time: ManualTime()
    )
    do {
      try await body(SCIMServerFixture(server: server, transport: transport, sink: sink))
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
  }

  struct Value: Decodable, Hashable {
    let value: String
    let type: String?
  }

  struct User: Decodable {
    let id: String
    let userName: String
    let externalId: String?
    let active: Bool?
    let title: String?
    let emails: [Value]?
  }

  struct Group: Decodable {
    let id: String
    let members: [Value]?
  }

  private struct List<Element: Decodable>: Decodable {
    let Resources: [Element]?
  }

  @discardableResult
  func request(_ method: String, _ path: String, _ body: String? = nil) async throws -> HTTPResponse {
    try await transport.send(
      HTTPRequest(
        method: method,
        url: "\(server.endpoint)/\(path)",
        headers: [
          HTTPHeader("Authorization", "Bearer \(server.token)"), HTTPHeader("Content-Type", "application/scim+json"),
        ],
        body: body.map { Array($0.utf8) }
      )
    )
  }

  func users(named name: String) async throws -> [User] {
    let response = try await request("GET", "Users?filter=userName%20eq%20%22\(name)%22")
    return try JSONDecoder().decode(List<User>.self, from: Data(response.body)).Resources ?? []
  }

  func group(_ id: String) async throws -> Group {
    try JSONDecoder().decode(Group.self, from: Data(try await request("GET", "Groups/\(id)").body))
  }

  func apply(_ operation: Engine.Operation) async throws -> OperationOutcome {
    try #require(await sink.apply([operation]).first)
  }

  static func user(_ guid: GUID, _ more: [TargetPath: ResourceValue] = [:]) -> Resource {
    let own: [TargetPath: ResourceValue] = [.userName: .string("user-\(guid)"), .active: .boolean(true)]
    return Resource(kind: .user, externalID: guid, attributes: own.merging(more) { $1 })
  }

  static func create(_ resource: Resource, again: Bool = false) -> Engine.Operation {
    Engine.Operation(
      id: "\(resource.externalID)/1",
      kind: resource.kind,
      guid: resource.externalID,
      remoteID: nil,
      action: .create(resource),
      mayHaveApplied: again
    )
  }

  static func update(_ id: String, _ resource: Resource, from earlier: Resource) -> Engine.Operation {
    Engine.Operation(
      id: "\(resource.externalID)/2",
      kind: resource.kind,
      guid: resource.externalID,
      remoteID: id,
      action: .update(resource, changes: resource.changes(from: earlier))
    )
  }
}

extension OperationOutcome {
  var remoteID: String? {
    if case .done(let id) = self { id } else { nil }
  }
}
