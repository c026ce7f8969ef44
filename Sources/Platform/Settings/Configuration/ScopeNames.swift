import Model

/// Reads the lists of DNs of a scope.
enum ScopeNames {
  struct Entry {
    let path: KeyPath
    let name: DistinguishedName
  }

  /// The names that are whole and lie in the domain; the others are reported.
  static func read(_ key: String, _ table: inout SettingsReader, domain: String?) -> [Entry] {
    var entries: [Entry] = []
    for (path, text) in table.strings(key) ?? [] {
      guard let name = parse(text, at: path, table) else { continue }
      if let domain, name.domain.lowercased() != domain {
        table.report(
          at: path,
          "\(quotation(text)) does not lie in the domain \(domain)",
          remedy: "Name an object below \(baseName(of: domain))"
        )
      } else if entries.contains(where: { $0.name.matches(name) }) {
        table.report(at: path, "\(quotation(text)) is listed twice", remedy: "Remove one")
      } else {
        entries.append(Entry(path: path, name: name))
      }
    }
    return entries
  }

  private static func parse(_ text: String, at path: KeyPath, _ table: SettingsReader) -> DistinguishedName? {
    do throws(DistinguishedNameError) {
      return try DistinguishedName(parsing: text)
    } catch {
      table.report(
        at: path,
        "\(quotation(text)) is not a distinguished name: \(error)",
        remedy: "Copy the distinguishedName of the object from the directory, between single quotes"
      )
      return nil
    }
  }

  private static func baseName(of domain: String) -> String {
    domain.split(separator: ".").map { "DC=\($0)" }.joined(separator: ",")
  }
}
