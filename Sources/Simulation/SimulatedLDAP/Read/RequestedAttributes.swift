import LDAP
import Model

/// The attributes that a search asks for.
struct RequestedAttributes: Sendable {
  struct Request: Sendable {
    /// As the client spelt it.
    let text: String
    let name: AttributeName
    /// Of a range of values (MS-ADTS 3.1.1.3.1.3.3).
    let lower: Int
    let upper: Int?
    let hasRange: Bool
  }

  let requests: [Request]
  let names: Set<AttributeName>
  /// None is named: the client wants whatever there is.
  let areAll: Bool

  init(_ attributes: [String]) {
    requests = attributes.filter { $0 != "*" && $0 != "1.1" }.map { Request($0) }
    names = Set(requests.map(\.name))
    areAll = requests.isEmpty && !attributes.contains("1.1")
  }

  func contains(_ name: AttributeName) -> Bool { areAll || names.contains(name) }
}

extension RequestedAttributes.Request {
  init(_ description: String) {
    let parts = description.split(separator: ";", omittingEmptySubsequences: false)
    text = String(parts.first ?? "")
    name = AttributeName(text)
    let range = parts.dropFirst().first { $0.lowercased().hasPrefix("range=") }?.dropFirst("range=".count)
    let bounds = range?.split(separator: "-") ?? []
    hasRange = bounds.count == 2
    lower = bounds.first.flatMap { Int($0) } ?? 0
    upper = bounds.last.flatMap { Int($0) }
  }
}

extension RequestedAttributes.Request {
  /// What a plain read gives of so many values: all of them, or the first beside an empty attribute, or those asked for
  /// (MS-ADTS 3.1.1.3.1.3.3).
  func attributes(_ values: [[UInt8]], most: Int) -> [LDAPAttribute] {
    if hasRange { return block(values, most: most) }
    if values.count > most { return [LDAPAttribute(text, [])] + block(values, most: most) }
    return values.isEmpty ? [] : [LDAPAttribute(text, values)]
  }

  private func block(_ values: [[UInt8]], most: Int) -> [LDAPAttribute] {
    let end = min(values.count, lower + most, upper.map { $0 + 1 } ?? .max)
    guard lower < end else { return [] }
    let last = end == values.count ? "*" : "\(end - 1)"
    return [LDAPAttribute("\(text);range=\(lower)-\(last)", Array(values[lower..<end]))]
  }
}
