package import Model

/// Binds the DNs of a scope to objectGUIDs when a configuration is first read, and keeps to those objects ever after.
struct ScopeBinder: Sendable {
  let directory: any Directory
  let store: any Store

  /// - Throws: `ScopeError` when a DN names nothing or the wrong kind of object, or when its object was deleted: then
  ///   nothing may be concluded about anybody's being in scope.
  func bind(_ configuration: Configuration, _ id: ConfigurationID) async throws -> ResolvedScope {
    let known = try await store.read { try $0.scopeRoots(of: id) }
    var roots: [ScopeRoot] = []
    for (names, isExcluded) in [(configuration.scope.included, false), (configuration.scope.excluded, true)] {
      for name in names {
        let root =
          if let root = known.first(where: { $0.name == name && $0.isExcluded == isExcluded }) {
            root
          } else {
            try await resolve(name, isExcluded)
          }
        roots.append(try await checked(root, configuration.scope))
      }
    }
    if roots != known {
      try await store.write { [roots] in try $0.replaceScopeRoots(of: id, with: roots) }
    }
    return ResolvedScope(configuration.scope, roots: roots)
  }

  private func resolve(_ name: DistinguishedName, _ isExcluded: Bool) async throws -> ScopeRoot {
    guard let found = try await directory.locate(name) else { throw ScopeError.missing(name) }
    return ScopeRoot(name: name, isExcluded: isExcluded, guid: found.guid, objectClass: found.objectClass)
  }

  private func checked(_ root: ScopeRoot, _ scope: Scope) async throws -> ScopeRoot {
    let object = try await store.read { try $0.object(root.guid) }
    guard let object else { throw ScopeError.missing(root.name) }
    if !object.isLive { throw ScopeError.deleted(root.name) }
    if !root.isExcluded, let problem = scope.problem(with: root.objectClass, at: root.name) { throw problem }
    return root
  }
}

extension Scope {
  /// Why an object of that class cannot be a base of the scope; nil when it can.
  func problem(with objectClass: ObjectClass, at name: DistinguishedName) -> ScopeError? {
    switch (mode, objectClass) {
    case (.groups, .group), (.organizationalUnits, .organizationalUnit), (.organizationalUnits, .container),
      (.organizationalUnits, .domain), (.all, _):
      nil
    case (.groups, _): .notA("a group", name)
    case (.organizationalUnits, _): .notA("an organizational unit", name)
    }
  }
}

package enum ScopeError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(DistinguishedName)
  case deleted(DistinguishedName)
  case notA(String, DistinguishedName)

  package var description: String {
    switch self {
    case .missing(let name):
      "scope base \(name) does not exist in the directory, or the account may not read it; nothing is provisioned until it is corrected in the configuration"
    case .deleted(let name):
      "scope base \(name) was deleted from the directory; nothing is changed in the sink. Restore it, or name another DN in its place"
    case .notA(let kind, let name):
      "scope base \(name) is not \(kind); nothing is provisioned until the configuration's scope mode or DN is corrected"
    }
  }
}
