import Foundation
import Testing

@Suite("The module map")
struct DependencyTests {
  private let tree = SourceTree()
  /// Modules of the toolchain, free to everybody except where a test below says otherwise.
  private static let toolchain: Set<String> = ["Synchronization", "Glibc", "FoundationEssentials", "Dispatch"]

  @Test("names every target of the manifest, and no other")
  func complete() throws {
    let manifest = try String(contentsOf: tree.root.appending(path: "Package.swift"), encoding: .utf8)
    let pattern = /\.(?:target|executableTarget|systemLibrary)\(\s*name: "([\w-]+)"/
    let targets = Set(manifest.matches(of: pattern).map { String($0.1) })
    #expect(Set(try tree.documentedTargets().map(\.name)) == targets)
  }

  @Test("allows every import that there is")
  func edges() throws {
    for target in try tree.documentedTargets() {
      let imports = try tree.imports(in: target.folder).subtracting(Self.toolchain).subtracting([target.name])
      let forbidden = imports.subtracting(target.allowed)
      #expect(forbidden.isEmpty, "\(target.name) must not import \(forbidden.sorted())")
    }
  }

  @Test("has nothing in it that is not used any more")
  func stale() throws {
    for target in try tree.documentedTargets() {
      let unused = target.allowed.subtracting(try tree.imports(in: target.folder))
      #expect(unused.isEmpty, "\(target.name) does not import \(unused.sorted())")
    }
  }

  /// What no edit of the table may allow.
  @Test(
    "never lets the inside know the outside",
    arguments: [
      ("Model", ["Engine", "Logging"]),
      ("Engine", ["ActiveDirectory", "LDAP", "SQLiteStore", "GRDB", "SCIM", "FileSink", "HTTPTransport", "NIOCore"]),
      ("Commands", ["Engine", "SQLiteStore", "ActiveDirectory", "LDAP", "Settings", "ControlServer"]),
      ("SCIM", ["FileSink", "SQLiteStore"]), ("FileSink", ["SCIM", "HTTPTransport"]),
    ] as [(String, Set<String>)]
  )
  func absolute(name: String, forbidden: Set<String>) throws {
    let target = try #require(try tree.documentedTargets().first { $0.name == name })
    #expect(try tree.imports(in: target.folder).isDisjoint(with: forbidden))
  }

  @Test("keeps every C library behind one target", arguments: ["CLDAP", "CCurl", "CPCRE2", "CSystemd"])
  func libraries(library: String) throws {
    let importers = try tree.documentedTargets().filter { try tree.imports(in: $0.folder).contains(library) }
    #expect(importers.count == 1)
  }

  @Test("keeps Foundation with its 45 MB of ICU out of the binaries")
  func foundation() throws {
    for target in try tree.documentedTargets() where target.name != "TestSupport" {
      #expect(try !tree.imports(in: target.folder).contains("Foundation"), "\(target.name) imports Foundation")
    }
  }

  @Test("is told true imports from a text")
  func parser() {
    let text =
      "package import Model\nimport struct Logging.Logger\n@testable import Engine\n// import Nothing\nlet import1 = 1"
    #expect(SourceTree.imports(in: text) == ["Model", "Logging", "Engine"])
  }
}
