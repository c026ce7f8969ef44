import Model

/// Garbage collection (MS-ADTS 3.1.1.1.15), which each replica does for itself.
extension Replica {
  mutating func collectGarbage(schema: Schema, options: SimulatedDomain.Options, at now: Timestamp) {
    let tombstoneAge = options.tombstoneLifetime.components.seconds
    let deletedAge = options.deletedObjectLifetime.components.seconds
    for guid in objects.values.lazy.filter(\.isDeleted).map(\.guid).sorted() {
      guard let object = objects[guid], let deletion = object[.isDeleted]?.stamp.time else { continue }
      if options.recycleBin, !object.isRecycled {
        if now.seconds - deletion >= deletedAge { recycle(guid, schema: schema, at: now.seconds) }
        continue
      }
      let death = object.isRecycled ? object[.isRecycled]?.stamp.time ?? deletion : deletion
      if now.seconds - death >= tombstoneAge { expunge(guid) }
    }
  }
}
