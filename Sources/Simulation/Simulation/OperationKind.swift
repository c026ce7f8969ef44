/// The kinds of things that happen in a simulation, with how often (facts of the field: most is small change).
package enum OperationKind: String, Sendable, CaseIterable, Hashable {
  // In the directory
  case createUser, modify, clear, rename, move, renameUnit, moveUnit, createUnit, deleteTree, addMember, removeMember
  case createGroup, nestGroup, delete, restore, primaryGroup, toggleAccount, expireAccount, swapNames
  case timedMember, legacyMember, hide, expunge
  // Around it
  case replicate, run, kill, stopController, startController, snapshot, rollBack, restoreController
  case directoryFault, sinkFaults, sinkLoss, advance, leapDays
  case sinkDrift, changeConfiguration, reconcile, reset, clockJump, diskFull
  // Between two domains
  case moveAcross, foreignMember

  package static let acrossDomains: Set<OperationKind> = [.moveAcross, .foreignMember]

  package var weight: Int {
    switch self {
    case .createUser: 12
    case .modify: 25
    case .clear: 5
    case .rename: 4
    case .move: 6
    case .renameUnit: 2
    case .moveUnit: 2
    case .createUnit: 1
    case .deleteTree: 1
    case .addMember: 12
    case .removeMember: 8
    case .createGroup: 2
    case .nestGroup: 3
    case .delete: 6
    case .restore: 4
    case .primaryGroup: 1
    case .toggleAccount: 4
    case .expireAccount: 1
    case .swapNames: 1
    case .timedMember: 1
    case .legacyMember: 1
    case .hide: 1
    case .expunge: 1
    case .replicate: 14
    case .run: 14
    case .kill: 3
    case .stopController: 1
    case .startController: 2
    case .snapshot, .rollBack, .restoreController: 1
    case .directoryFault: 3
    case .sinkFaults: 6
    case .sinkLoss: 1
    case .advance: 5
    case .leapDays: 1
    case .sinkDrift, .changeConfiguration, .reconcile, .reset, .clockJump, .diskFull: 1
    case .moveAcross: 10
    case .foreignMember: 8
    }
  }
}
