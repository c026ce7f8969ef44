package import Model

/// What a scope needs to know of an object.
package struct ScopeSubject: Hashable, Sendable {
  package var guid: GUID
  package var kind: ResourceKind?
  package var isLive: Bool
  /// Value of the RDN.
  package var name: String
  /// Accounts and groups that AD itself depends on, such as krbtgt (MS-ADA1 2.364).
  package var isCriticalSystemObject: Bool
  /// A copy of an object of the cloud: the tools that write such copies begin its adminDescription with `User_` or
  /// `Group_`, so that nothing sends it back.
  package var isWrittenBack: Bool
  /// What filters ask.
  package var image: Image
  /// All that is above it is known; otherwise nothing can be said of its place.
  package var isPlaced: Bool
  /// From the parent up to the root of the naming context.
  package var ancestors: [GUID]
  /// Live groups that hold it directly, its primary group included.
  package var directGroups: Set<GUID>
  /// Live groups that hold it at any depth.
  package var allGroups: Set<GUID>

  package init(
    guid: GUID,
    kind: ResourceKind?,
    isLive: Bool = true,
    name: String = "",
    isCriticalSystemObject: Bool = false,
    isWrittenBack: Bool = false,
    image: Image = Image(),
    isPlaced: Bool = true,
    ancestors: [GUID] = [],
    directGroups: Set<GUID> = [],
    allGroups: Set<GUID> = []
  ) {
    self.guid = guid
    self.kind = kind
    self.isLive = isLive
    self.name = name
    self.isCriticalSystemObject = isCriticalSystemObject
    self.isWrittenBack = isWrittenBack
    self.image = image
    self.isPlaced = isPlaced
    self.ancestors = ancestors
    self.directGroups = directGroups
    self.allGroups = allGroups
  }
}
