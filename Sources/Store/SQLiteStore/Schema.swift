/// The history of the schema.
///
/// The rule: a migration that was released is never edited, renamed, moved or removed. To change the schema, add one at
/// the end. A test compares each with its recorded digest.
package enum Schema {
  package struct Migration: Sendable {
    package let name: String
    package let sql: String
  }

  package static let migrations = [
    Migration(
      name: "1 connector space, links and runs",
      sql: connectorSpace + evaluation + links + guardian + runs + log
    )
  ]

  /// In the header of the file ("adpv"), to tell a store from the database of another program.
  static let applicationID: Int64 = 0x6164_7076
}
