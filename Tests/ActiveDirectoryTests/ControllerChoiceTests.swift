import ActiveDirectory
import DirectoryTestSupport
import Engine
import LDAP
import Model
import TestSupport
import Testing

@Suite("Which domain controller") struct ControllerChoiceTests {
  private static let all = "dc._msdcs.example.com"
  private static let branch = "Branch._sites.dc._msdcs.example.com"

  @Test func `those of the site come first, then all, in the order of DNS and each once`() async throws {
    let domain = ScriptedDomain("dc4.example.com")
    let locator = ScriptedLocator([
      Self.branch: ["dc2.example.com.:389", "dc1.example.com:389"],
      Self.all: ["dc3.example.com:389", "dc1.example.com:389", "dc4.example.com:389"],
    ])
    let directory = ActiveDirectoryDomain.scripted(
      controllers: [],
      site: "Branch",
      locator: locator,
      connector: domain.connector
    )
    #expect(try await directory.describe().controller == "dc4.example.com")
    #expect(domain.tried == ["dc2.example.com", "dc1.example.com", "dc3.example.com", "dc4.example.com"])
    #expect(locator.asked == [Self.branch, Self.all])
  }

  @Test func `the site that a controller tells of counts from the next choice on`() async throws {
    let domain = ScriptedDomain("dc1.example.com", "dc2.example.com") { _, controller in
      controller.netlogon = NetlogonAnswerTests.answer()
    }
    let locator = ScriptedLocator([
      Self.all: ["dc1.example.com:389", "dc2.example.com:389"], Self.branch: ["dc2.example.com:389"],
    ])
    let time = ManualTime()
    let directory = ActiveDirectoryDomain.scripted(
      controllers: [],
      locator: locator,
      time: time,
      connector: domain.connector
    )
    #expect(try await directory.describe().controller == "dc1.example.com")
    #expect(locator.asked == [Self.all])
    await domain.stop("dc1.example.com")
    _ = try? await directory.describe()
    time.advance(by: .seconds(45))
    domain.forget()
    #expect(try await directory.describe().controller == "dc2.example.com")
    #expect(locator.asked == [Self.all, Self.branch, Self.all])
  }

  @Test(arguments: [#"Branch" or"#, "", "Bränch", String(repeating: "a", count: 63) + "b", "a.b"])
  func `a site of a strange name is not asked of DNS`(site: String) async throws {
    var name: [UInt8] = [UInt8(min(site.utf8.count, 63))] + site.utf8.prefix(63) + [0]
    if site.isEmpty { name = [0] }
    if site.utf8.count > 63 { name = NetlogonAnswerTests.name(String(site.dropLast()), "b") }
    let domain = ScriptedDomain("dc1.example.com") { [name] _, controller in
      controller.netlogon = NetlogonAnswerTests.answer(client: name)
    }
    let locator = ScriptedLocator([Self.all: ["dc1.example.com:389"]])
    let time = ManualTime()
    let directory = ActiveDirectoryDomain.scripted(
      controllers: [],
      locator: locator,
      time: time,
      connector: domain.connector
    )
    _ = try await directory.describe()
    await domain.stop("dc1.example.com")
    _ = try? await directory.describe()
    time.advance(by: .seconds(45))
    _ = try? await directory.describe()
    #expect(Set(locator.asked) == [Self.all])
  }

  @Test func `listed ones are taken in their order, and DNS is not asked`() async throws {
    let domain = ScriptedDomain("dc1.example.com", "dc2.example.com")
    let locator = ScriptedLocator([Self.all: ["dc9.example.com:389"]])
    let directory = ActiveDirectoryDomain.scripted(
      controllers: ["dc3.example.com", "dc2.example.com", "dc1.example.com"],
      locator: locator,
      connector: domain.connector
    )
    #expect(try await directory.describe().controller == "dc2.example.com")
    #expect(domain.tried == ["dc3.example.com", "dc2.example.com"])
    #expect(locator.asked.isEmpty)
  }

  @Test func `without any in DNS the error says what to do`() async throws {
    let directory = ActiveDirectoryDomain.scripted(controllers: []) { _ in throw LDAPError(.connect, .serverDown, "") }
    let error = await #expect(throws: DirectoryError.self) { try await directory.describe() }
    guard case .unreachable("example.com", let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.contains("_ldap._tcp.\(Self.all)"))
    #expect(detail.contains("name controllers in the settings"))
  }

  @Test(arguments: [true, false])
  func `a read-only controller is never used, nor one that is still being filled`(isReadOnly: Bool) async throws {
    let domain = ScriptedDomain("dc1.example.com", "dc2.example.com") { host, controller in
      guard host == "dc1.example.com" else { return }
      if isReadOnly { controller.isReadOnly = true } else { controller.isSynchronized = false }
    }
    let directory = ActiveDirectoryDomain.scripted(
      controllers: ["dc1.example.com", "dc2.example.com"],
      connector: domain.connector
    )
    #expect(try await directory.describe().controller == "dc2.example.com")
    // And not when it is all that is left.
    let alone = ActiveDirectoryDomain.scripted(controllers: ["dc1.example.com"], connector: domain.connector)
    let error = await #expect(throws: DirectoryError.self) { try await alone.describe() }
    #expect("\(String(describing: error))".contains(isReadOnly ? "read-only" : "isSynchronized"))
  }
}
