import ActiveDirectory
import DirectoryTestSupport
import Engine
import Foundation
import LDAP
import Model
import Synchronization
import TestSupport
import Testing

@Suite("Pitfalls: binds") struct AuthenticationPitfalls {
  @Test func `pitfall 17: no password ever leaves without TLS, nor does anything else`() async throws {
    let options = LDAPConnectionOptions(
      host: "127.0.0.1",
      port: 1,
      security: .signAndSeal,
      credentials: .simple(identity: "svc", password: { Array("secret".utf8) })
    )
    // Not even a connection is tried: that would fail in its own way.
    let error = await #expect(throws: LDAPError.self) { try await LDAPConnection.open(options) }
    #expect(error?.phase == .bind)
    #expect(error?.code == .parameterError)
    #expect(LDAPSecurity.allCases.map(\.rawValue) == ["ldaps", "starttls", "sign-and-seal"], "and none without either")
  }

  @Test func `pitfall 19: a keytab is read anew at each bind`() async throws {
    let server = try LoopbackListener()
    let keytab = NSTemporaryDirectory() + "pitfall-\(UInt32.random(in: 0 ... .max)).keytab"
    let options = LDAPConnectionOptions(
      host: "127.0.0.1",
      port: server.port,
      security: .signAndSeal,
      credentials: .gssapi(keytab: keytab, principal: nil)
    )
    defer { try? FileManager.default.removeItem(atPath: keytab) }
    let missing = await #expect(throws: LDAPError.self) { try await LDAPConnection.open(options) }
    #expect(missing?.phase == .bind)
    #expect(missing?.reason.contains(keytab) == true)
    try Self.keytab(of: "nobody", in: "NOWHERE.INVALID").write(to: URL(filePath: keytab))
    let strange = await #expect(throws: LDAPError.self) { try await LDAPConnection.open(options) }
    #expect(strange?.phase == .bind)
    #expect(strange?.reason != missing?.reason)
  }

  /// In the format 5.2, with one key.
  private static func keytab(of name: String, in realm: String) -> Data {
    func counted(_ bytes: some Collection<UInt8>) -> [UInt8] { [0, UInt8(bytes.count)] + bytes }
    let principal = [0, 1] + counted(realm.utf8) + counted(name.utf8) + [0, 0, 0, 1]
    // Time, version, aes256-cts-hmac-sha1-96 and its key.
    let entry: [UInt8] = principal + [0, 0, 0, 0, 1, 0, 18] + counted([UInt8](repeating: 7, count: 32))
    return Data([5, 2, 0, 0, 0, UInt8(entry.count)] + entry)
  }

  @Test func `pitfall 20: a connection is made anew before a ticket ends, and DirSync goes on at its cookie`()
    async throws
  {
    let time = ManualTime()
    let connections = Mutex<[ScriptedClient]>([])
    let domain = ActiveDirectoryDomain.scripted(controllers: ["dc1.example.com"], time: time) { _ in
      let client = ScriptedClient(ScriptedController(cookie: [7]))
      connections.withLock { $0.append(client) }
      return client
    }
    let cookie = try await domain.collect().cookie
    time.advance(by: .seconds(3599))
    _ = try await domain.collect(since: cookie)
    #expect(connections.withLock { $0.count } == 1)
    time.advance(by: .seconds(1))
    _ = try await domain.collect(since: cookie)
    let clients = connections.withLock { $0 }
    #expect(clients.map(\.isClosed) == [true, false])
    let request = try #require(clients.last?.searches(with: DirSyncRequest.identifier).last)
    #expect(request.controls.contains { $0.identifier == DirSyncRequest.identifier && $0.value?.last == 7 })
  }

  @Test func `pitfall 20: nothing about changes is decided by a clock that can be set`() async throws {
    let world = try World()
    await world.populate()
    try await world.run()
    world.sink.forgetOperations()
    world.time.advance(by: .seconds(-7200))
    await world.directory.set(.numbered(11), "title", "Director")
    try await world.run()
    #expect(world.sink.operations.map(\.guid) == [.numbered(11)])
    world.sink.forgetOperations()
    try await world.run()
    #expect(world.sink.operations.isEmpty)
  }
}
