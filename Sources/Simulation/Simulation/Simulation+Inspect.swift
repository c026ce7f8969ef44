import Engine
import Model
import TestSupport

extension Simulation {
  /// What the engine knows of the objects that the failures name, for whoever replays a seed.
  package func inspection() async throws -> [String] {
    let guids = Set(figures.failures.flatMap { $0.split { !($0.isHexDigit || $0 == "-") }.compactMap { GUID($0) } })
    return try await store.read { store in
      guard let configuration = try store.configuration(named: "cloud")?.id else { return [] }
      var lines: [String] = []
      for guid in guids.sorted() {
        guard let object = try store.object(guid) else {
          lines.append("\(guid): not known")
          continue
        }
        let link = try store.link(object.id, configuration)
        lines.append(
          "\(guid): \(object.objectClass.map { "\($0)" } ?? "placeholder") '\(object.name)' live=\(object.isLive)"
            + " suspect=\(object.isSuspect) sid=\(object.sid?.description ?? "none") primary=\(object.primaryGroupRID ?? 0)"
            + " link=\(link.map { "\($0.state) \($0.presence) uncertain=\($0.isUncertain) \($0.lastError ?? "")" } ?? "none")"
        )
        lines.append("  members: \(try store.members(of: object.id).map { "\($0)".prefix(8) }.joined(separator: " "))")
        for member in try store.memberLinks(involving: object.id, configuration) {
          let names = try [member.group, member.member].map { try store.object($0)?.guid.description.prefix(8) ?? "?" }
          lines.append(
            "  \(names[1]) in \(names[0]): desired=\(member.isDesired) confirmed=\(member.isConfirmed.map { "\($0)" } ?? "?")"
          )
        }
      }
      return lines
    }
  }
}
