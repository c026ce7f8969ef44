import ActiveDirectory
import DirectoryTestSupport
import Engine
import Foundation
import LDAP
import Model
import TestSupport
import Testing

@Suite(
  "Connecting to a real domain",
  .enabled(if: LabEnvironment.isUsable, Comment(rawValue: LabEnvironment.absence))
)
struct DirectoryConnectionTests {
  private let lab: LabEnvironment

  init() throws {
    lab = try .required()
  }

  @Test(arguments: [LDAPSecurity.ldaps, .startTLS])
  func `a password opens the domain over TLS`(security: LDAPSecurity) async throws {
    let domain = try lab.directory(lab.options(security: security))
    let description = try await domain.describe()
    #expect(description.controller == (try lab["LAB_DC"]))
    #expect("\(description.namingContext)" == (try lab["LAB_BASE_DN"]))
    #expect(description.highestCommittedUSN > 0)
    #expect(try await domain.describe().invocationID == description.invocationID)
  }

  @Test(.enabled(if: LabEnvironment.namesResolve, Comment(rawValue: LabEnvironment.namelessness)))
  func `a keytab opens the domain with Kerberos signing and sealing`() async throws {
    // What the environment says about keytabs must not matter.
    let domain = try lab.directory(
      lab.options(controllers: [lab["LAB_DC"]], security: .signAndSeal, credentials: lab.keytab())
    )
    #expect(try await domain.describe().controller == lab["LAB_DC"])
    #expect(try await domain.changes(since: nil).changes.count > 100)
  }

  @Test(.enabled(if: LabEnvironment.namesResolve, Comment(rawValue: LabEnvironment.namelessness)))
  func `a keytab that is not there is named`() async throws {
    let credentials = LDAPCredentials.gssapi(keytab: "/nowhere/x.keytab", principal: nil)
    let error = await failure(
      try lab.options(controllers: [lab["LAB_DC"]], security: .signAndSeal, credentials: credentials)
    )
    guard case .credentialsRefused(let identity, let detail) = error else { throw Unexpected(error) }
    #expect(identity.contains("/nowhere/x.keytab"))
    #expect(detail.contains("/nowhere/x.keytab"))
  }

  @Test func `a wrong password is called that, and tried at one controller only`() async throws {
    let address = try lab["LAB_ADDRESS"]
    let credentials = LDAPCredentials.simple(identity: "nobody@\(try lab["LAB_DOMAIN"])", password: { Array("x".utf8) })
    let error = await failure(
      try lab.options(controllers: [address, "127.0.0.1:1"], credentials: credentials)
    )
    guard case .credentialsRefused(let identity, let detail) = error else { throw Unexpected(error) }
    #expect(identity.hasPrefix("nobody@"))
    #expect(detail.contains("the password is wrong or the account does not exist"))
  }

  @Test func `a disabled account is called that`() async throws {
    try await LabFolder.with(lab) { folder in
      let password = Data("\"Secret-12345\"".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
      try folder.addUser("Gone", ["unicodePwd:: \(password.base64EncodedString())"])
      try folder.change("CN=Gone", ["replace: userAccountControl", "userAccountControl: 514"])
      let credentials = LDAPCredentials.simple(
        identity: folder.place("CN=Gone"),
        password: { Array("Secret-12345".utf8) }
      )
      let error = await failure(try lab.options(credentials: credentials))
      guard case .credentialsRefused(_, let detail) = error else { throw Unexpected(error) }
      #expect(detail.contains("the account is disabled"))
    }
  }

  @Test(arguments: [LDAPSecurity.ldaps, .startTLS])
  func `an untrusted certificate is called that`(security: LDAPSecurity) async throws {
    let options = try lab.options(security: security, caFile: "/etc/ssl/certs/ca-certificates.crt")
    let error = await failure(options)
    guard case .untrusted(let controller, let detail) = error else { throw Unexpected(error) }
    #expect(controller == (try lab["LAB_ADDRESS"]))
    #expect(["untrusted", "verify"].contains { detail.contains($0) }, "\(detail)")
  }

  @Test func `a certificate of another name is called that`() async throws {
    let forwarder = try LoopbackForwarder(on: "127.0.0.1", to: lab["LAB_ADDRESS"], port: 636)
    let error = await failure(try lab.options(controllers: ["127.0.0.1:\(forwarder.port)"]))
    guard case .untrusted(_, let detail) = error else { throw Unexpected(error) }
    #expect(detail.contains("hostname"), "\(detail)")
  }

  @Test func `a server without TLS is not called unreachable`() async throws {
    let error = await failure(try lab.options(controllers: ["\(lab["LAB_ADDRESS"]):389"]))
    guard case .untrusted = error else { throw Unexpected(error) }
  }

  @Test func `a CA file that is not there is named`() async throws {
    let error = await failure(try lab.options(caFile: "/nowhere/ca.pem"))
    guard case .unusableSettings(let detail) = error else { throw Unexpected(error) }
    #expect(detail.contains("/nowhere/ca.pem"))
  }

  @Test func `without any reachable controller the error names each with its reason`() async throws {
    let error = await failure(try lab.options(controllers: ["127.0.0.1:1", "no-such-host.invalid"]))
    guard case .unreachable(let controller, let detail) = error else { throw Unexpected(error) }
    #expect(controller == "127.0.0.1:1, no-such-host.invalid")
    #expect(detail.contains("127.0.0.1:1: Connection refused"))
    #expect(detail.contains("no-such-host.invalid: "))
    #expect(!detail.contains("libldap"))
  }

  @Test func `the next controller is taken when one does not answer`() async throws {
    let domain = try lab.directory(lab.options(controllers: ["127.0.0.1:1", lab["LAB_ADDRESS"]]))
    #expect(try await domain.describe().controller == lab["LAB_DC"])
  }

  @Test func `a controller of another domain is refused`() async throws {
    let error = await failure(try lab.options(domain: "other.example.test"))
    guard case .unusableSettings(let detail) = error else { throw Unexpected(error) }
    #expect(detail.contains("serves the domain \(try lab["LAB_DOMAIN"]), not other.example.test"))
  }

  @Test func `an empty password and a password without TLS are never sent`() async throws {
    let empty = LDAPCredentials.simple(identity: "someone", password: { [] })
    guard case .unusableSettings(let first) = await failure(try lab.options(credentials: empty)) else {
      throw Unexpected(nil)
    }
    #expect(first.contains("the password is empty"))
    guard case .unusableSettings(let second) = await failure(try lab.options(security: .signAndSeal)) else {
      throw Unexpected(nil)
    }
    #expect(second.contains("a password is never sent without TLS"))
  }

  @Test func `a connection that was lost while idle is made anew`() async throws {
    let (forwarder, domain) = try forwarded()
    let before = try await domain.describe()
    forwarder.cut()
    #expect(try await domain.describe().invocationID == before.invocationID)
    #expect(forwarder.accepted == 2)
  }

  @Test func `one connection is enough for one call after the other`() async throws {
    let (forwarder, domain) = try forwarded()
    let cookie = try await domain.changes(since: nil).cookie
    for _ in 0..<3 { _ = try await domain.describe() }
    _ = try await domain.changes(since: cookie)
    #expect(forwarder.accepted == 1)
    await domain.disconnect()
    _ = try await domain.describe()
    #expect(forwarder.accepted == 2)
  }

  @Test func `an answer that breaks off is incomplete`() async throws {
    let (forwarder, domain) = try forwarded()
    _ = try await domain.describe()
    forwarder.cut(after: 20_000)
    await #expect {
      try await domain.changes(since: nil)
    } throws: { error in
      if case .incomplete = error as? DirectoryError { true } else { false }
    }
    #expect(try await domain.changes(since: nil).changes.count > 100)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a server that accepts and then says nothing is given up`() async throws {
    let silent = try LoopbackListener()
    var options = try lab.options(controllers: ["127.0.0.1:\(silent.port)"])
    options.connectTimeout = .seconds(1)
    let error = await failure(options)
    guard case .unreachable = error else { throw Unexpected(error) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `cancelling does not wait for a server that says nothing`() async throws {
    let silent = try LoopbackListener()
    var options = try lab.options(controllers: ["127.0.0.1:\(silent.port)"])
    options.connectTimeout = .seconds(20)
    let domain = try lab.directory(options)
    let (connections, continuation) = AsyncStream<Void>.makeStream()
    Thread.detachNewThread {
      _ = silent.accept()
      continuation.finish()
    }
    let waiting = Task { try await domain.describe() }
    for await _ in connections {}
    let start = ContinuousClock.now
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(arguments: [0, 1, 7, 20_000])
  func `cancelling ends a search on which the server is silent, even within a message`(bytes: Int) async throws {
    let (forwarder, _) = try forwarded()
    let connection = try await LDAPConnection.open(
      LDAPConnectionOptions(
        host: lab["LAB_ADDRESS"],
        port: forwarder.port,
        security: .ldaps,
        credentials: lab.servicePassword(),
        caFile: lab["LAB_CA_FILE"]
      )
    )
    forwarder.silence(after: bytes)
    let search = LDAPSearch(base: try lab["LAB_BASE_DN"], scope: .subtree, attributes: [])
    let searching = Task { try await connection.search(search) { _ in } }
    await forwarder.answerWithheld()
    let start = ContinuousClock.now
    searching.cancel()
    // A read that is stuck must fail this test rather than stop all others.
    let rescue = Task {
      try await Task.sleep(for: .seconds(10))
      forwarder.cut()
    }
    defer { rescue.cancel() }
    await #expect(throws: CancellationError.self) { try await searching.value }
    #expect(ContinuousClock.now - start < .seconds(3), "a fifth of a second, and patience with a busy machine")
  }

  private func forwarded() throws -> (LoopbackForwarder, ActiveDirectoryDomain) {
    // On the lab's own address, for the certificate to be right.
    let address = try lab["LAB_ADDRESS"]
    let forwarder = try LoopbackForwarder(on: address, to: address, port: 636)
    return (forwarder, try lab.directory(lab.options(controllers: ["\(address):\(forwarder.port)"])))
  }

  private func failure(_ options: @autoclosure () throws -> ActiveDirectoryOptions) async -> DirectoryError? {
    do {
      _ = try await lab.directory(options()).describe()
      return nil
    } catch {
      return error as? DirectoryError
    }
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ error: (any Error)?) { description = error.map { "\($0)" } ?? "no error at all" }
}
