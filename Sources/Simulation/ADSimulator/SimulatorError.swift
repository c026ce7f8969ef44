package import Model

/// Why a write was refused; the domain is then as it was.
package enum SimulatorError: Error, Hashable, Sendable {
  case isStopped(SimulatedDomain.ControllerID)
  case isReadOnly(SimulatedDomain.ControllerID)
  /// That replica has no such object.
  case unknown(GUID)
  case isDeleted(GUID)
  case isNotDeleted(GUID)
  /// Only a few attributes are left of it, so that it cannot come back (MS-ADTS 3.1.1.5.3.7).
  case isRecycled(GUID)
  case nameTaken(String, in: GUID)
  /// The new parent lies below the object.
  case makesCycle(GUID)
  case hasChildren(GUID)
  /// The naming context and its own containers.
  case isProtected(GUID)
  case isAlreadyMember(GUID, of: GUID)
  case isNoMember(GUID, of: GUID)
  case isNoGroup(GUID)
  /// The value of a link that names no object by its objectGUID.
  case isNoLink(String)
}
