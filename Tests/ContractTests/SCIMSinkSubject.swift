import Engine
import Foundation
import HTTPTransport
import Model
import SCIM
import TestSupport
import Testing

/// Asks the server itself, past the sink.
struct SCIMSinkSubject: SinkSubject {
  private let server: SCIMServer
  private let transport: CurlTransport

  init() throws {
    server = try SCIMServer.required()
    transport = try CurlTransport()
  }

  func makeSink() -> any Sink {
    let token = server.token
    return SCIMSink(
      options: SCIMOptions(endpoint: server.endpoint, token: { token }),
      transport: transport,
      time: ManualTime()
    )
  }

  func end() async { await transport.shutdown() }

  func held(_ kind: ResourceKind, _ guid: GUID) async throws -> [HeldObject] {
    let collection = kind == .user ? "Users" : "Groups"
    let response = try await transport.send(
      HTTPRequest(
        method: "GET",
        url: "\(server.endpoint)/\(collection)?filter=externalId%20eq%20%22\(guid)%22",
        headers: [HTTPHeader("Authorization", "Bearer \(server.token)")]
      )
    )
    try #require(response.status == 200)
    let list = try JSONDecoder().decode(List.self, from: Data(response.body))
    return (list.Resources ?? []).map { object in
      HeldObject(
        name: object.userName ?? object.displayName,
        title: object.title,
        isActive: object.active,
        members: Set((object.members ?? []).map(\.value))
      )
    }
  }

  private struct List: Decodable {
    struct Object: Decodable {
      struct Member: Decodable { let value: String }

      let userName: String?
      let displayName: String?
      let title: String?
      let active: Bool?
      let members: [Member]?
    }

    let Resources: [Object]?
  }
}
