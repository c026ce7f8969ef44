import FoundationEssentials
import Testing

@testable import Settings

/// The examples of docs/configuration.md are what readers copy.
@Suite struct `Settings reference` {
  /// The TOML blocks of the page, in their order: the daemon's file, then a configuration's.
  private static func examples() throws -> [String] {
    let page = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(page)/docs/configuration.md", encoding: .utf8)
    return text.components(separatedBy: "```toml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  @Test func `has examples that are valid`() throws {
    let examples = try Self.examples()
    try #require(examples.count == 2)
    let daemon = try DaemonSettings(parsing: examples[0], file: "/etc/adprov/adprovd.toml")
    let files = ConfigurationFiles(folder: daemon.configurationsFolder, domains: daemon.domains.map(\.name))
    #expect(throws: Never.self) { try files.check(examples[1], name: "example") }
  }
}
