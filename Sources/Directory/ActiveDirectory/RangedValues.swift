import LDAP
import Model

/// The values of one object as they come in blocks: of an attribute with more than MaxValRange values a server gives the
/// first as `member;range=0-1499` beside an empty `member` (MS-ADTS 3.1.1.3.1.3.3).
struct RangedValues {
  private let name: [UInt8]
  private var complete: [LDAPAttribute] = []
  private var partial: [AttributeName: (values: [[UInt8]], next: Int)] = [:]

  init(_ entry: LDAPEntry) {
    name = entry.name
    for attribute in entry.attributes {
      let description = AttributeDescription(attribute.description)
      switch description.range {
      case nil: complete.append(attribute)
      case let range?:
        if let upper = range.upper {
          partial[description.name] = (attribute.values, upper + 1)
        } else {
          complete.append(LDAPAttribute(description.name.folded, attribute.values))
        }
      }
    }
  }

  var isComplete: Bool { partial.isEmpty }

  /// The attributes to ask for next.
  var missing: [String] {
    partial.sorted { $0.key < $1.key }.map { "\($0.key);range=\($0.value.next)-*" }
  }

  /// With all values of those attributes that are complete; the empty sets beside them say nothing.
  var entry: LDAPEntry {
    LDAPEntry(name: name, attributes: complete)
  }

  /// Takes the answer to a search for `missing`.
  ///
  /// - Throws: when it does not continue where the last block ended.
  mutating func append(_ entry: LDAPEntry) throws(LDAPError) {
    var isContinued: Set<AttributeName> = []
    for attribute in entry.attributes {
      let description = AttributeDescription(attribute.description)
      guard let range = description.range, let block = partial[description.name] else { continue }
      guard range.lower == block.next else {
        throw LDAPError(.search, .decodingError, "values of \(description.name) came in another order than asked for")
      }
      isContinued.insert(description.name)
      // In place: a copy for each block would cost the square of the number of values.
      partial[description.name]?.values += attribute.values
      if let upper = range.upper, !attribute.values.isEmpty {
        partial[description.name]?.next = upper + 1
      } else {
        finish(description.name)
      }
    }
    // Past the end there is nothing to name: the last block was exactly full.
    for name in partial.keys where !isContinued.contains(name) { finish(name) }
  }

  private mutating func finish(_ name: AttributeName) {
    guard let block = partial.removeValue(forKey: name) else { return }
    complete.append(LDAPAttribute(name.folded, block.values))
  }
}
