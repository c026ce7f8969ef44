import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite("Losing a domain controller") struct FailoverTests {
  private let time = ManualTime()
  private let controllers = ScriptedDomain("dc1.example.com", "dc2.example.com")
  private let directory: ActiveDirectoryDomain

  init() {
    directory = .scripted(
      controllers: ["dc1.example.com", "dc2.example.com"],
      time: time,
      connector: controllers.connector
    )
  }

  @Test func `the one in use is tried alone for 45 seconds, then the next one is taken`() async throws {
    #expect(try await directory.describe().controller == "dc1.example.com")
    await controllers.stop("dc1.example.com")
    controllers.forget()
    for elapsed in [0, 10, 44] {
      time.advance(by: .seconds(elapsed == 44 ? 34 : elapsed))
      await #expect(throws: DirectoryError.self) { try await directory.describe() }
    }
    #expect(Set(controllers.tried) == ["dc1.example.com"])
    time.advance(by: .seconds(1))
    #expect(try await directory.describe().controller == "dc2.example.com")
    #expect(controllers.tried.suffix(2) == ["dc1.example.com", "dc2.example.com"])
  }

  @Test func `one that comes back in time stays, and the next loss is a new one`() async throws {
    _ = try await directory.describe()
    await controllers.stop("dc1.example.com")
    await #expect(throws: DirectoryError.self) { try await directory.describe() }
    time.advance(by: .seconds(44))
    controllers.start("dc1.example.com")
    #expect(try await directory.describe().controller == "dc1.example.com")
    await controllers.stop("dc1.example.com")
    time.advance(by: .seconds(10))
    await #expect(throws: DirectoryError.self) { try await directory.describe() }
    time.advance(by: .seconds(44))
    await #expect(throws: DirectoryError.self) { try await directory.describe() }
    time.advance(by: .seconds(1))
    #expect(try await directory.describe().controller == "dc2.example.com")
  }

  @Test func `nothing moves back by itself`() async throws {
    _ = try await directory.describe()
    await controllers.stop("dc1.example.com")
    _ = try? await directory.describe()
    time.advance(by: .seconds(45))
    #expect(try await directory.describe().controller == "dc2.example.com")
    controllers.start("dc1.example.com")
    for _ in 0..<3 {
      // Long enough for connections to be renewed.
      time.advance(by: .seconds(86_400))
      #expect(try await directory.describe().controller == "dc2.example.com")
    }
    await directory.disconnect()
    #expect(try await directory.describe().controller == "dc2.example.com")
  }

  @Test func `all sessions are with the same controller`() async throws {
    _ = try await directory.changes(since: nil, attributes: []) { _ in }
    await controllers.stop("dc1.example.com")
    _ = try? await directory.describe()
    time.advance(by: .seconds(45))
    _ = try await directory.describe()
    controllers.start("dc1.example.com")
    controllers.forget()
    await withTaskGroup { group in
      for _ in 0..<8 { group.addTask { [directory] in _ = try? await directory.pulse() } }
    }
    #expect(Set(controllers.tried).isSubset(of: ["dc2.example.com"]))
  }

  @Test func `a clock that is set back makes nobody give up early or wait for ever`() async throws {
    _ = try await directory.describe()
    await controllers.stop("dc1.example.com")
    _ = try? await directory.describe()
    time.advance(by: .seconds(-100_000))
    controllers.forget()
    await #expect(throws: DirectoryError.self) { try await directory.describe() }
    #expect(Set(controllers.tried) == ["dc1.example.com"])
    time.advance(by: .seconds(45))
    #expect(try await directory.describe().controller == "dc2.example.com")
  }

  @Test func `one that became read-only is lost like one that is down`() async throws {
    _ = try await directory.describe()
    await controllers.stop("dc1.example.com")
    controllers.change("dc1.example.com") { $0.isReadOnly = true }
    controllers.start("dc1.example.com")
    await #expect(throws: DirectoryError.self) { try await directory.describe() }
    time.advance(by: .seconds(45))
    #expect(try await directory.describe().controller == "dc2.example.com")
  }

  @Test func `a refused password is tried at one controller only`() async throws {
    let refusing = ActiveDirectoryDomain.scripted(controllers: ["dc1.example.com", "dc2.example.com"]) { options in
      #expect(options.host == "dc1.example.com")
      throw LDAPError(.bind, .invalidCredentials, "data 52e")
    }
    for _ in 0..<2 { await #expect(throws: DirectoryError.self) { try await refusing.describe() } }
  }
}
