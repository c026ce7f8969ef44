/// Paths given by flags. Each outranks the settings file; a relative one counts from the working directory.
package struct PathOverrides: Hashable, Sendable {
  package var configurationsFolder: String?
  /// Moves the store too, unless `storePath` says where it is.
  package var stateFolder: String?
  package var storePath: String?
  package var socketPath: String?

  package init(
    configurationsFolder: String? = nil,
    stateFolder: String? = nil,
    storePath: String? = nil,
    socketPath: String? = nil
  ) {
    self.configurationsFolder = configurationsFolder
    self.stateFolder = stateFolder
    self.storePath = storePath
    self.socketPath = socketPath
  }
}
