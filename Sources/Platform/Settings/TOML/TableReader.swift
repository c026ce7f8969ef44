import Words

/// Hands out the values of a table by type, reports those of a wrong type, and at the end those nobody asked for.
struct TableReader {
  let path: KeyPath
  let report: ProblemReport
  private let values: [String: TOMLNode]
  private var known: [String] = []

  init(_ values: [String: TOMLNode], path: KeyPath = .root, report: ProblemReport) {
    self.values = values
    self.path = path
    self.report = report
  }

  func has(_ key: String) -> Bool { values[key] != nil }
  func isEmptyArray(_ key: String) -> Bool { values[key] == .array([]) }

  mutating func node(_ key: String) -> TOMLNode? {
    if !known.contains(key) { known.append(key) }
    return values[key]
  }

  mutating func string(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    if case .string(let text) = node { return text }
    reportType(of: node, at: path.appending(key), wanted: "a string in quotes")
    return nil
  }

  mutating func boolean(_ key: String) -> Bool? {
    guard let node = node(key) else { return nil }
    if case .boolean(let flag) = node { return flag }
    reportType(of: node, at: path.appending(key), wanted: "true or false, without quotes")
    return nil
  }

  mutating func integer(_ key: String) -> Int? {
    guard let node = node(key) else { return nil }
    if case .integer(let number) = node { return number }
    reportType(of: node, at: path.appending(key), wanted: "a whole number, without quotes")
    return nil
  }

  /// The strings among the elements of an array, each with its place; nil without the key.
  mutating func strings(_ key: String) -> [(path: KeyPath, text: String)]? {
    guard let node = node(key) else { return nil }
    let place = path.appending(key)
    guard case .array(let elements) = node else {
      reportType(of: node, at: place, wanted: #"an array of strings, for example ["a", "b"]"#)
      return nil
    }
    return elements.enumerated().compactMap { index, element in
      if case .string(let text) = element { return (place.appending(index), text) }
      reportType(of: element, at: place.appending(index), wanted: "a string in quotes")
      return nil
    }
  }

  mutating func table(_ key: String) -> TableReader? {
    guard let node = node(key) else { return nil }
    if case .table(let values) = node { return TableReader(values, path: path.appending(key), report: report) }
    reportType(of: node, at: path.appending(key), wanted: "a table")
    return nil
  }

  /// The elements of an array of tables; empty without the key.
  mutating func tables(_ key: String) -> [TableReader] {
    guard let node = node(key) else { return [] }
    let place = path.appending(key)
    guard case .array(let elements) = node else {
      reportType(of: node, at: place, wanted: "an array of tables, written [[\(place)]]")
      return []
    }
    return elements.enumerated().compactMap { index, element in
      if case .table(let values) = element {
        return TableReader(values, path: place.appending(index), report: report)
      }
      reportType(of: element, at: place.appending(index), wanted: "a table")
      return nil
    }
  }

  func reportMissing(_ key: String, example: String) {
    report.add(path.appending(key), "is missing", remedy: "Add it, for example: \(example)")
  }

  /// To be called when all known keys were asked for.
  func reportUnknownKeys() {
    for key in values.keys.sorted() where !known.contains(key) {
      let remedy =
        if let nearest = nearestWord(to: key, among: known) {
          "Did you mean \(nearest)?"
        } else {
          "Remove it; keys known here: \(known.joined(separator: ", "))"
        }
      report.add(path.appending(key), "unknown key", remedy: remedy)
    }
  }

  private func reportType(of node: TOMLNode, at place: KeyPath, wanted: String) {
    report.add(place, "is \(node.typeName)", remedy: "Give \(wanted)")
  }
}
