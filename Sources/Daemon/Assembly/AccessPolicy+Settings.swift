import ControlServer
import Glibc
import Settings

extension AccessPolicy {
  /// Without such a group only root operates.
  init(_ settings: ControlSettings) {
    self.init(
      operatorsGroup: AccountDatabase.groupID(named: settings.operatorsGroup),
      ownUser: geteuid(),
      ownUserRights: settings.ownUser == .operator ? .operate : .reload
    )
  }
}
