import Engine
import LDAP
import Logging
import Model
import Synchronization

@testable import ActiveDirectory

/// An LDAP client whose answers a test gives, and which remembers what it was asked.
final class ScriptedClient: LDAPClient {
  struct Answer {
    var entries: [LDAPEntry] = []
    var controls: [LDAPControl] = []
  }

  typealias Script = @Sendable (LDAPSearch) throws -> Answer?

  private let script: Script
  private let asked = Mutex<[LDAPSearch]>([])
  private let controller: ScriptedController

  init(_ controller: ScriptedController = ScriptedController(), _ script: @escaping Script = { _ in nil }) {
    self.controller = controller
    self.script = script
  }

  var searches: [LDAPSearch] { asked.withLock { $0 } }

  func search(_ search: LDAPSearch, deliver: ([LDAPEntry]) async throws -> Void) async throws -> [LDAPControl] {
    asked.withLock { $0.append(search) }
    let answer = try script(search) ?? controller.answer(search)
    if !answer.entries.isEmpty { try await deliver(answer.entries) }
    return answer.controls
  }

  func close() async {}

  func searches(with control: String) -> [LDAPSearch] {
    searches.filter { $0.controls.contains { $0.identifier == control } }
  }
}

/// What a domain controller says of itself.
struct ScriptedController {
  static let domain = guid(0xD0)

  var name = "dc1.example.com"
  var invocationID = guid(0xA1)
  var highestUSN: Int64 = 1000
  var isReadOnly = false
  var isSynchronized = true
  var controls: [String] = []
  var head: [(String, [[UInt8]])] = []
  var service: [(String, [[UInt8]])] = []
  var cookie: [UInt8] = [1]

  func answer(_ search: LDAPSearch) throws -> ScriptedClient.Answer {
    switch search.base {
    case "" where search.attributes == ["netlogon"]: return .init()
    case "":
      return .init(entries: [
        entry([
          ("defaultNamingContext", text("DC=example,DC=com")), ("dnsHostName", text(name)),
          ("dsServiceName", text("CN=NTDS Settings")), ("highestCommittedUSN", text("\(highestUSN)")),
          ("isSynchronized", text(isSynchronized ? "TRUE" : "FALSE")),
          ("supportedCapabilities", text(isReadOnly ? "1.2.840.113556.1.4.1920" : "1.2.840.113556.1.4.800")),
          ("supportedControl", controls.map { Array($0.utf8) }),
          ("configurationNamingContext", text("CN=Configuration")), ("schemaNamingContext", text("CN=Schema")),
        ])
      ])
    case "CN=NTDS Settings": return .init(entries: [entry([("invocationId", [invocationID.bytes])])])
    case "DC=example,DC=com" where search.scope == .base:
      let sid: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]
      return .init(entries: [entry([("objectGUID", [Self.domain.bytes]), ("objectSid", [sid])] + head)])
    case "DC=example,DC=com":
      return .init(controls: [dirSyncAnswer(cookie), pagedAnswer([])])
    case let base where base.hasPrefix("CN=Directory Service"): return .init(entries: [entry(service)])
    case "CN=Schema": return .init()
    default: throw LDAPError(.search, .noSuchObject, search.base)
    }
  }
}

func guid(_ number: UInt8) -> GUID {
  guard let guid = GUID(bytes: [UInt8](repeating: number, count: 16)) else { preconditionFailure("16 bytes") }
  return guid
}

func text(_ text: String) -> [[UInt8]] { [Array(text.utf8)] }

func entry(_ attributes: [(String, [[UInt8]])]) -> LDAPEntry {
  LDAPEntry(name: [], attributes: attributes.map { LDAPAttribute($0.0, $0.1) })
}

func object(_ guid: GUID, _ attributes: [(String, [[UInt8]])] = []) -> LDAPEntry {
  entry([("objectGUID", [guid.bytes]), ("instanceType", text("4"))] + attributes)
}

/// SEQUENCE { INTEGER 0, INTEGER 0, OCTET STRING }; a cookie of up to 100 bytes.
func dirSyncAnswer(_ cookie: [UInt8]) -> LDAPControl {
  let value: [UInt8] = [0x02, 1, 0, 0x02, 1, 0, 0x04, UInt8(cookie.count)] + cookie
  return LDAPControl(
    identifier: DirSyncRequest.identifier,
    isCritical: true,
    value: [0x30, UInt8(value.count)] + value
  )
}

/// SEQUENCE { INTEGER 0, OCTET STRING }.
func pagedAnswer(_ cookie: [UInt8]) -> LDAPControl {
  let value: [UInt8] = [0x02, 1, 0, 0x04, UInt8(cookie.count)] + cookie
  return LDAPControl(identifier: PagedResults.identifier, isCritical: false, value: [0x30, UInt8(value.count)] + value)
}

let silentLogger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

final class TestTime: TimeSource {
  private let current = Mutex(Timestamp(milliseconds: 1_800_000_000_000))

  func now() -> Timestamp { current.withLock { $0 } }
  func advance(by duration: Duration) { current.withLock { $0 = $0 + duration } }
  func sleep(for duration: Duration) async throws {}
}

extension ActiveDirectoryDomain {
  static func scripted(
    _ client: ScriptedClient,
    method: MethodChoice = .automatic,
    time: TestTime = TestTime()
  ) -> ActiveDirectoryDomain {
    scripted(controllers: ["dc1.example.com"], method: method, time: time) { _ in client }
  }

  static func scripted(
    controllers: [String],
    locator: any ServiceLocator = NoServiceLocator(),
    method: MethodChoice = .automatic,
    time: TestTime = TestTime(),
    connector: @escaping LDAPConnector
  ) -> ActiveDirectoryDomain {
    ActiveDirectoryDomain(
      ActiveDirectoryOptions(
        domain: "example.com",
        controllers: controllers.compactMap { DomainController($0) },
        method: method,
        security: .ldaps,
        credentials: .simple(identity: "svc", password: { [] })
      ),
      connector: connector,
      locator: locator,
      time: time,
      logger: silentLogger
    )
  }

  func collect(
    since cookie: [UInt8]? = nil,
    attributes: Set<AttributeName> = ["mail"]
  ) async throws -> (changes: [DirectoryChange], cookie: [UInt8]) {
    let all = Mutex<[DirectoryChange]>([])
    let end = try await changes(since: cookie, attributes: attributes) { changes in all.withLock { $0 += changes } }
    return (all.withLock { $0 }, end.cookie)
  }
}

struct NoServiceLocator: ServiceLocator {
  func servers(of name: String) async throws -> [String] { [] }
}
