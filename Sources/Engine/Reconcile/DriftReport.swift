package import Model

/// How what a sink holds differs from what it was taken to hold.
package struct DriftReport: Hashable, Sendable {
  /// Resources of ours that were compared.
  package var compared = 0
  /// Not in the sink any more.
  package var missing = 0
  /// Other values than were confirmed.
  package var changed = 0
  package var membersMissing = 0
  /// Members of a group of ours that are ours, too, and were not put there by us.
  package var membersAdded = 0
  /// Resources that are not ours; they are left alone.
  package var foreign = 0
  /// What was found was queued for repair.
  package var isRepaired = false
  /// The first few, for a person: objectGUID and what differs, without values.
  package var examples: [Example] = []

  package struct Example: Hashable, Sendable {
    package let guid: GUID
    package let difference: String

    package init(guid: GUID, difference: String) {
      self.guid = guid
      self.difference = difference
    }
  }

  package init() {}

  package var isEmpty: Bool { missing + changed + membersMissing + membersAdded == 0 }

  static let exampleLimit = 20

  mutating func note(_ guid: GUID, _ difference: String) {
    if examples.count < Self.exampleLimit { examples.append(Example(guid: guid, difference: difference)) }
  }
}
