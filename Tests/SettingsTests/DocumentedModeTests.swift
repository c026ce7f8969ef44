import Engine
import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import Settings

/// Each row of the table of modes in docs/scope.md, through the reader of files and a run of the engine.
@Suite struct `Modes as documented` {
  private static let base = ",DC=corp,DC=example,DC=com"

  private static func scope(_ cell: String) throws -> Scope {
    let lines = cell.components(separatedBy: "<br>").map { $0.replacing("`", with: "") }
    let text = """
      domain = "corp.example.com"
      [scope]
      \(lines.joined(separator: "\n").replacing("…", with: base))
      [sink]
      kind = "file"
      path = "/tmp/changes"
      """
    return try ConfigurationFixture.parse(text).configuration.scope
  }

  /// The directory that the page shows.
  private static func populate(_ directory: FakeDirectory) async {
    let sales = await directory.create(10, .organizationalUnit, "Sales")
    let north = await directory.create(11, .organizationalUnit, "North", in: sales)
    let finance = await directory.create(12, .organizationalUnit, "Finance")
    for (number, name, unit) in [
      (UInt32(21), "Ann", sales), (22, "Bob", sales), (23, "Cid", north), (24, "Dan", finance), (25, "Eve", finance),
    ] {
      _ = await directory.create(number, .user, name, in: unit, World.person(number))
    }
    let team = await directory.create(31, .group, "Team", in: sales)
    let inner = await directory.create(32, .group, "Inner", in: finance)
    for (member, group) in [(GUID.numbered(21), team), (inner, team), (.numbered(24), inner), (team, inner)] {
      await directory.addMember(member, to: group)
    }
  }

  /// The directory of the tests has another name than that of the page.
  private static func moved(_ scope: Scope) throws -> Scope {
    func names(_ names: [DistinguishedName]) throws -> [DistinguishedName] {
      try names.map { try DistinguishedName(parsing: $0.description.replacing("DC=com", with: "DC=test")) }
    }
    let mode: Scope.Mode =
      switch scope.mode {
      case .all: .all
      case .groups(let groups, let nested): .groups(try names(groups), nested: nested)
      case .organizationalUnits(let units): .organizationalUnits(try names(units))
      }
    return Scope(mode: mode, excluded: try names(scope.excluded), kinds: scope.kinds, filters: scope.filters)
  }

  @Test func `hold what each example says`() async throws {
    let rows = try DocumentedTable.rows(of: "scope.md", under: "mode")
    try #require(rows.count >= 10)
    for row in rows {
      try #require(row.count == 3, "\(row)")
      var world = try World()
      world.use(try Self.moved(try Self.scope(row[1])))
      await Self.populate(world.directory)
      try await world.run()
      var names: [String] = []
      for held in world.sink.held {
        names.append(await world.directory.node(held.resource.externalID)?.name ?? "?")
      }
      #expect(names.sorted().joined(separator: ", ") == row[2], "\(row[1])")
    }
  }
}

extension World {
  fileprivate mutating func use(_ scope: Scope) {
    configuration = Configuration(
      name: configuration.name,
      domain: configuration.domain,
      isEnabled: true,
      interval: configuration.interval,
      scope: scope,
      mapping: configuration.mapping,
      onLeaveScope: configuration.onLeaveScope
    )
  }
}
