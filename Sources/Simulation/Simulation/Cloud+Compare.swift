import Engine
import Model
import Oracle

extension Cloud {
  /// How what the sink holds differs from what it is to hold, now that everything is at rest.
  ///
  /// - Parameter undecided: who may still be there after leaving.
  func differences(from states: [DirectoryState], undecided: Set<GUID> = []) -> [Violation] {
    let expected = expectation(from: states)
    let now = states[domain].now
    let contents = sink.contents
    var violations: [Violation] = []
    func report(_ detail: String, _ kind: Violation.Kind = .divergence) {
      violations.append(Violation(kind: kind, detail: "\(configuration.name): \(detail)"))
    }

    var held: [GUID: SimulatedSink.Held] = [:]
    for object in contents {
      guard let guid = object.guid else { continue }
      if held.updateValue(object, forKey: guid) != nil { report("two objects are \(guid)", .duplicate) }
    }
    noteDepartures(expected, held, now: now)

    for guid in Set(expected.objects.keys).union(held.keys).sorted() {
      let object = held[guid]
      switch expected[guid] {
      case .untouched(let reason):
        if object == nil && rested[guid] != nil { report("\(guid) was removed although \(reason)") }
      case .present(let kind, let attributes):
        guard let object else {
          if !isNameTaken(attributes, kind, contents) { report("\(guid) is missing; it is to be \(shown(attributes))") }
          continue
        }
        if object.attributes != attributes, !isNameTaken(attributes, kind, contents, by: object.remoteID) {
          report("\(guid) differs: \(difference(object.attributes, attributes))")
        }
        guard kind == .group else { continue }
        if let problem = compareMembers(guid, object, expected, contents, undecided) { report(problem) }
      case .left:
        if undecided.contains(guid) { continue }
        if let problem = problem(ofLeaver: guid, object, now: now) { report(problem) }
      }
    }
    rested = held
    compared = now
    return violations
  }

  private func compareMembers(
    _ group: GUID,
    _ object: SimulatedSink.Held,
    _ expected: CloudExpectation,
    _ contents: [SimulatedSink.Held],
    _ undecided: Set<GUID>
  ) -> String? {
    let held = Dictionary(contents.compactMap { object in object.guid.map { (object.remoteID, $0) } }) { $1 }
    let present = Set(object.members.compactMap { held[$0] })
    let wanted = expected.members[group] ?? []
    let missing = wanted.subtracting(present).filter { guid in contents.contains { $0.guid == guid } }
    let surplus = present.subtracting(wanted).filter { guid in
      switch expected[guid] {
      case .present: true
      case .untouched: false
      case .left: configuration.onLeaveScope != .keep && !undecided.contains(guid)
      }
    }
    guard !missing.isEmpty || !surplus.isEmpty else { return nil }
    return "members of \(group): missing \(missing.sorted()), surplus \(surplus.sorted())"
  }

  // MARK: Leavers

  private func noteDepartures(
    _ expected: CloudExpectation,
    _ held: [GUID: SimulatedSink.Held],
    now: Timestamp
  ) {
    for guid in held.keys {
      if expected[guid] != .left {
        departures[guid] = nil
      } else {
        departures[guid] = Departure(
          // One that was in doubt and is found now may have left long ago.
          earliest: departures[guid]?.earliest ?? (rested[guid] == nil ? Timestamp(milliseconds: 0) : compared),
          latest: departures[guid]?.latest ?? now
        )
      }
    }
  }

  /// Before each run: who is in scope anywhere may have come back, if only for a while.
  func noteReturns(_ states: [DirectoryState]) {
    guard configuration.deleteAfter != nil, !departures.isEmpty else { return }
    let expected = expectation(from: states)
    for guid in departures.keys where expected[guid] != .left { departures[guid]?.latest = nil }
  }

  /// By so much the agent's clock may have been wrong.
  private static let clockError = Duration.seconds(3600)

  private func problem(ofLeaver guid: GUID, _ object: SimulatedSink.Held?, now: Timestamp) -> String? {
    let mustBeGone: Bool
    var mayBeGone = rested[guid] == nil
    switch configuration.onLeaveScope {
    case .delete: (mustBeGone, mayBeGone) = (true, true)
    case .keep: mustBeGone = false
    case .disable:
      if let grace = configuration.deleteAfter {
        let departure = departures[guid]
        let isUnderFormerRule = departure.flatMap { departure in changed.map { $0 >= departure.earliest } } ?? false
        mustBeGone = !isUnderFormerRule && departure?.latest.map { now - $0 >= grace + Self.clockError } ?? false
        mayBeGone =
          mayBeGone || isUnderFormerRule
          || departure.map { now - $0.earliest >= grace - Self.clockError } ?? true
      } else {
        mustBeGone = false
      }
    }
    guard let object else { return mayBeGone ? nil : "\(guid) left, but was deleted" }
    if mustBeGone { return "\(guid) left and is still there" }
    guard configuration.onLeaveScope == .disable else { return nil }
    if object.kind == .user && object.isActive { return "\(guid) left and is still active" }
    return object.members.isEmpty ? nil : "group \(guid) left and still has members"
  }

  // MARK: Words

  /// A name that another object holds for a good reason cannot be given; then the difference is the directory's.
  private func isNameTaken(
    _ attributes: [TargetPath: ResourceValue],
    _ kind: ResourceKind,
    _ contents: [SimulatedSink.Held],
    by id: String? = nil
  ) -> Bool {
    guard kind != .organizationalUnit else { return false }
    let path = kind == .user ? TargetPath.userName : .displayName
    return contents.contains { $0.kind == kind && $0.remoteID != id && $0.attributes[path] == attributes[path] }
  }

  private func shown(_ attributes: [TargetPath: ResourceValue]) -> String {
    attributes.sorted { $0.key < $1.key }.map { "\($0.key.text)=\($0.value)" }.joined(separator: " ")
  }

  private func difference(_ held: [TargetPath: ResourceValue], _ wanted: [TargetPath: ResourceValue]) -> String {
    Set(held.keys).union(wanted.keys).sorted().filter { held[$0] != wanted[$0] }
      .map { "\($0.text) is \(held[$0], nil: "nothing"), not \(wanted[$0], nil: "nothing")" }.joined(separator: "; ")
  }
}
