import Engine
import FoundationEssentials
import Model

/// One line of the file: a JSON object whose keys are sorted and never change their meaning; keys may be added.
///
/// | key | value | in |
/// |---|---|---|
/// | `id` | id of the operation; a line that repeats an earlier id repeats its effect | all |
/// | `time` | when it was written, RFC 3339 in UTC with milliseconds | all |
/// | `action` | `create`, `update`, `delete` or `members` | all |
/// | `kind` | `user`, `group` or `organizational-unit` | all |
/// | `guid` | objectGUID of the object | all |
/// | `resource` | the full wanted state: target path → string, boolean or array of strings | create, update |
/// | `changes` | array of `{path, old, new}`; null for an absent value | update |
/// | `added`, `removed` | arrays of `{guid, kind}` | members |
///
/// The current users, by jq: `jq -sc 'map(select(.kind == "user")) | group_by(.guid)[] | last | .resource // empty'`.
struct FileSinkLine: Encodable {
  private let operation: Operation
  private let time: Timestamp

  init(_ operation: Operation, at time: Timestamp) {
    self.operation = operation
    self.time = time
  }

  /// With its line break.
  func encoded() throws(FileFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    } catch {
      throw FileFailure("operation \(operation.id) has no form in JSON")
    }
  }

  /// Nil for what is no line of ours.
  static func id(ofLine line: ArraySlice<UInt8>) -> String? {
    struct Identified: Decodable { let id: String }
    return try? JSONDecoder().decode(Identified.self, from: Data(line)).id
  }

  private enum CodingKeys: CodingKey {
    case id, time, action, kind, guid, resource, changes, added, removed
  }

  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: CodingKeys.self)
    try line.encode(operation.id, forKey: .id)
    try line.encode(time.rfc3339, forKey: .time)
    try line.encode(operation.kind.rawValue, forKey: .kind)
    try line.encode(operation.guid.description, forKey: .guid)
    switch operation.action {
    case .create(let resource):
      try line.encode("create", forKey: .action)
      try line.encode(EncodedResource(resource), forKey: .resource)
    case .update(let resource, let changes):
      try line.encode("update", forKey: .action)
      try line.encode(EncodedResource(resource), forKey: .resource)
      try line.encode(changes.map(EncodedChange.init), forKey: .changes)
    case .delete:
      try line.encode("delete", forKey: .action)
    case .members(let added, let removed):
      try line.encode("members", forKey: .action)
      try line.encode(added.map(EncodedMember.init), forKey: .added)
      try line.encode(removed.map(EncodedMember.init), forKey: .removed)
    }
  }
}

private struct EncodedResource: Encodable {
  let attributes: [String: EncodedValue]

  init(_ resource: Resource) {
    attributes = Dictionary(uniqueKeysWithValues: resource.attributes.map { ($0.text, EncodedValue(value: $1)) })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(attributes)
  }
}

private struct EncodedChange: Encodable {
  let path: String
  // Twice optional would be left out; a value of its own is written as null.
  let old: EncodedValue
  let new: EncodedValue

  init(_ change: AttributeChange) {
    path = change.path.text
    old = EncodedValue(value: change.old)
    new = EncodedValue(value: change.new)
  }
}

private struct EncodedValue: Encodable {
  let value: ResourceValue?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .string(let text): try container.encode(text)
    case .boolean(let flag): try container.encode(flag)
    case .strings(let texts): try container.encode(texts)
    case nil: try container.encodeNil()
    }
  }
}

private struct EncodedMember: Encodable {
  let guid: String
  let kind: String

  init(_ member: MemberReference) {
    guid = member.guid.description
    kind = member.kind.rawValue
  }
}
