import Model

/// Reads `[guard]`.
enum GuardReader {
  static func read(_ reader: inout SettingsReader) -> DeleteGuard {
    guard var table = reader.table("guard") else { return .standard }
    defer { table.finish(into: &reader) }
    var limits = DeleteGuard.standard
    limits.isOn = table.boolean("enabled") ?? limits.isOn
    limits.window = table.duration("window", atLeast: .seconds(60)) ?? limits.window
    if var deletes = table.table("deletes") {
      limits.count = deletes.integer("count", in: 1...10_000_000) ?? limits.count
      limits.kind = share(&deletes, limits.kind)
      deletes.finish(into: &table)
    }
    if var containers = table.table("organizational-units") {
      limits.container = share(&containers, limits.container)
      containers.finish(into: &table)
    }
    if var members = table.table("members") {
      limits.members = share(&members, limits.members)
      members.finish(into: &table)
    }
    return limits
  }

  private static func share(_ table: inout SettingsReader, _ standard: DeleteGuard.Share) -> DeleteGuard.Share {
    DeleteGuard.Share(
      percent: table.integer("percent", in: 0...100) ?? standard.percent,
      minimum: table.integer("minimum", in: 0...10_000_000) ?? standard.minimum
    )
  }
}
