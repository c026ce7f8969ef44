extension StoreWriter {
  /// Nothing of it is in the sink, and nothing is to be: its memberships there are not, either.
  func forget(_ link: LinkRecord) throws {
    try removeMemberLinks(involving: link.object, link.configuration)
    try removeLink(link.object, link.configuration)
  }

  /// The object was made anew or found again, and which memberships it has there is not known: all of them are sent, the
  /// removals too.
  func doubtMemberLinks(involving object: ObjectID, _ configuration: ConfigurationID) throws {
    for var member in try memberLinks(involving: object, configuration) {
      member.isConfirmed = nil
      member.notBefore = nil
      member.version = try nextVersion()
      try save(member)
    }
  }
}
