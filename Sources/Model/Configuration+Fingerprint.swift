extension Configuration {
  /// Canonical text of all that evaluation depends on: equal texts mean that no object has to be evaluated again.
  ///
  /// The timer, the notification addresses and whether the configuration is enabled are not part of it. The order in
  /// which scope and rules were written does not matter.
  package var fingerprint: String {
    var lines = [
      // Raise the number when evaluation itself changes its answers, so that everything is evaluated once more.
      "evaluation 2",
      "domain \(domain)",
      "scope \(scope.mode.fingerprint)",
    ]
    lines += scope.included.map { "include \($0)" }.sorted()
    lines += scope.excluded.map { "exclude \($0)" }.sorted()
    lines += scope.kinds.map { "kind \($0.rawValue)" }.sorted()
    lines += scope.filters.map(\.fingerprint).sorted()
    lines.append("leave \(onLeaveScope.rawValue) \(deleteAfter.map { String($0.milliseconds) } ?? "never")")
    lines.append("nested-members \(sendsNestedGroups)")
    for (kind, rules) in mapping.rules {
      lines += rules.map { "map \(kind.rawValue) \(quoted($0.target.text)) \($0.source.fingerprint)" }.sorted()
    }
    return lines.sorted().joined(separator: "\n")
  }
}

extension Scope.Mode {
  fileprivate var fingerprint: String {
    switch self {
    case .all: "all"
    case .groups(_, let nested): "groups nested \(nested)"
    case .organizationalUnits: "organizational-units"
    }
  }
}

extension ScopeFilter {
  fileprivate var fingerprint: String {
    let conditions = clauses.map { clause in
      quoted("\(clause.attribute) \(clause.operator.rawValue)" + (clause.value.map { " \(quoted($0))" } ?? ""))
    }
    return (["filter \(kind?.rawValue ?? "any")"] + conditions.sorted()).joined(separator: " ")
  }
}

extension MappingSource {
  fileprivate var fingerprint: String {
    switch self {
    case .attribute(let name): "attribute \(name)"
    case .constant(let value): "constant \(value.fingerprint)"
    case .userPrincipalName: "user-principal-name"
    case .accountEnabled: "account-enabled"
    case .displayName: "display-name"
    case .name: "name"
    case .parent: "parent"
    }
  }
}

extension ResourceValue {
  fileprivate var fingerprint: String {
    switch self {
    case .string(let text): "string \(quoted(text))"
    case .boolean(let flag): "boolean \(flag)"
    case .strings(let texts): "strings " + texts.map(quoted).joined(separator: " ")
    }
  }
}

/// With its length in front, so that no text can look like two, or like another line.
private func quoted(_ text: String) -> String {
  "\(text.utf8.count):\(text)"
}
