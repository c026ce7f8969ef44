/// Reads `[control]`.
enum ControlReader {
  /// Room of `sun_path` in unix(7), without the NUL at its end.
  private static let maximumSocketPath = 107

  static func read(_ reader: inout SettingsReader, override: String?) -> ControlSettings {
    var socketPath: String?
    var mode: UInt32?
    var group: String?
    var ownUser: ControlSettings.OwnUserRights?
    if var table = reader.table("control") {
      socketPath = table.path("socket")
      mode = readMode(&table)
      group = readGroup(&table)
      ownUser = table.choice("own-user", ControlSettings.OwnUserRights.self)
      if override == nil, let socketPath, socketPath.utf8.count > maximumSocketPath {
        table.report(
          "socket",
          "is longer than \(maximumSocketPath) bytes, the most for a socket",
          remedy: "Choose a shorter path"
        )
      }
      table.finish(into: &reader)
    }
    return ControlSettings(
      socketPath: override ?? socketPath ?? "/run/adprov/control.sock",
      socketMode: mode ?? 0o666,
      operatorsGroup: group ?? "adprov",
      ownUser: ownUser ?? .reload
    )
  }

  private static func readMode(_ table: inout SettingsReader) -> UInt32? {
    guard let text = table.text("socket-mode") else { return nil }
    // The daemon's owner must be able to connect, and nobody can execute a socket.
    guard text.utf8.count == 4, let mode = UInt32(text, radix: 8), mode & ~0o066 == 0o600 else {
      table.report(
        "socket-mode",
        "\(quotation(text)) is not the mode of a socket",
        remedy: #"Give "0666", "0660" or "0600""#
      )
      return nil
    }
    return mode
  }

  private static func readGroup(_ table: inout SettingsReader) -> String? {
    guard let text = table.text("operators-group") else { return nil }
    guard text.utf8.count <= 256, !text.contains(where: { ":,/\n".contains($0) }) else {
      table.report("operators-group", "\(quotation(text)) is not the name of a group", remedy: "Give one group name")
      return nil
    }
    return text
  }
}
