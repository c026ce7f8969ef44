/// The configuration's sink is another one than its links belong to. What adprov knows of the one must not be taken for the
/// other's: the new sink would be held for complete, and leavers would be forgotten in the old one.
package struct SinkChanged: Error, Hashable, Sendable, CustomStringConvertible {
  package let configuration: String
  package let former: String
  package let present: String

  package var description: String {
    "configuration \(configuration) has provisioned to \(former) and now names \(present); nothing was changed in either. Put the former sink back, or make a new configuration for the new one"
  }
}
