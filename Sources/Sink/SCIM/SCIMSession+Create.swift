import Engine
import Model

extension SCIMSession {
  /// Adopts the resource that is the object, else makes it. Members come later, by operations of their own.
  ///
  /// - Parameter mayExist: an earlier attempt may have made it; then it must be possible to look.
  func create(_ wanted: Resource, mayExist: Bool) async throws(SCIMFailure) -> String {
    let document = try ResourceDocument(wanted)
    switch try await match(wanted) {
    case .adopted(let id): return id
    case .unknowable where mayExist:
      throw .rejected(code: "lookup", reason: "it may exist, but the service cannot be asked by filter whether it does")
    case .none, .unknowable: break
    }

    let answer = try await client.send("POST", wanted.kind.collection, document.json)
    switch answer.status {
    case 200..<300:
      if let id = answer.resourceID { return id }
      guard case .adopted(let id) = try await lookAgain(wanted) else {
        throw .unknown("the service tells no id for what it has made")
      }
      return id
    case 404, 405:
      throw .unavailable(
        "\(client.endpoint) takes no new /\(wanted.kind.collection) (HTTP \(answer.status)); check the URL"
      )
    case 409:
      // Made meanwhile, or by an attempt of ours whose answer was lost.
      guard case .adopted(let id) = try await match(wanted) else { throw .rejected(answer.refusal) }
      return id
    default:
      throw .rejected(answer.refusal)
    }
  }

  private enum Match {
    case adopted(String)
    case none
    /// The service could not be asked by any filter.
    case unknowable
  }

  private func match(_ wanted: Resource) async throws(SCIMFailure) -> Match {
    var couldAsk = false
    for (attribute, value) in Self.keys(of: wanted) {
      guard let found = try await find(wanted.kind, attribute, value) else { continue }
      couldAsk = true
      guard let only = found.first else { continue }
      let ids = found.map { $0.id.printable(limit: 80) }.joined(separator: ", ")
      guard found.count == 1 else {
        throw .rejected(code: "ambiguous", reason: "several resources have this \(attribute.text): \(ids)")
      }
      guard only.externalID == nil || only.isOurs(wanted.externalID) else {
        throw .rejected(
          code: "uniqueness",
          reason: "\(wanted.kind.collection)/\(ids) has this \(attribute.text) and another externalId"
        )
      }
      try await adopt(only, as: wanted)
      return .adopted(only.id)
    }
    return couldAsk ? .none : .unknowable
  }

  private func adopt(_ resource: RemoteResource, as wanted: Resource) async throws(SCIMFailure) {
    var changes: [AttributeChange] = []
    for (path, value) in wanted.attributes.sorted(by: { $0.key < $1.key }) where path != .externalID {
      if !value.isShown(as: resource.value(at: try SCIMPath.parsed(path))) {
        changes.append(AttributeChange(path: path, old: nil, new: value))
      }
    }
    if !resource.isOurs(wanted.externalID) {
      changes.append(AttributeChange(path: .externalID, old: nil, new: .string(wanted.externalID.description)))
    }
    do throws(SCIMFailure) {
      try await update(resource.id, to: wanted, changes: changes, shown: resource)
    } catch {
      guard case .rejected(let code, let reason) = error, resource.isOurs(wanted.externalID) else { throw error }
      throw .refusedOf(id: resource.id, code: code, reason: reason)
    }
  }

  /// After a POST that was applied: a failure to look must not pass for one to make.
  private func lookAgain(_ wanted: Resource) async throws(SCIMFailure) -> Match {
    do throws(SCIMFailure) {
      return try await match(wanted)
    } catch {
      throw .afterEffect(error)
    }
  }

  private static func keys(of wanted: Resource) -> [(TargetPath, String)] {
    var keys = [(TargetPath.externalID, wanted.externalID.description)]
    if case .string(let name) = wanted.attributes[wanted.kind.nameAttribute] {
      keys.append((wanted.kind.nameAttribute, name))
    }
    return keys
  }
}
