import Logging

extension RunCounts {
  mutating func add(_ other: RunCounts) {
    imported += other.imported
    evaluated += other.evaluated
    created += other.created
    updated += other.updated
    disabled += other.disabled
    deleted += other.deleted
    membersAdded += other.membersAdded
    membersRemoved += other.membersRemoved
    failed += other.failed
  }

  var metadata: Logger.Metadata {
    [
      "imported": "\(imported)", "created": "\(created)", "updated": "\(updated)", "disabled": "\(disabled)",
      "deleted": "\(deleted)", "members-added": "\(membersAdded)", "members-removed": "\(membersRemoved)",
      "failed": "\(failed)",
    ]
  }
}
