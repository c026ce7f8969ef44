/// How large a generated directory is.
package struct DirectoryShape: Sendable {
  package var users: Int
  /// In each organizational unit.
  package var usersPerUnit = 1000
  package var groups: Int
  package var membersPerGroup: Int

  package init(users: Int, groups: Int = 0, membersPerGroup: Int = 0) {
    self.users = users
    self.groups = groups
    self.membersPerGroup = min(membersPerGroup, users)
  }

  var units: Int { (users + usersPerUnit - 1) / usersPerUnit }
  /// The head of the naming context, units, users, groups, in this order.
  package var objects: Int { 1 + units + users + groups }

  enum Place: Equatable {
    case root
    case unit(Int)
    case user(Int)
    case group(Int)
  }

  func place(_ index: Int) -> Place {
    if index == 0 { return .root }
    if index <= units { return .unit(index - 1) }
    if index <= units + users { return .user(index - 1 - units) }
    return .group(index - 1 - units - users)
  }

  func index(ofUser user: Int) -> Int { 1 + units + user }
  func index(ofUnit unit: Int) -> Int { 1 + unit }
  func index(ofGroup group: Int) -> Int { 1 + units + users + group }

  func members(of group: Int) -> [Int] {
    (0..<membersPerGroup).map { (group * membersPerGroup + $0) % users }
  }

  func groups(of user: Int) -> [Int] {
    (0..<groups).filter { ((user - $0 * membersPerGroup) % users + users) % users < membersPerGroup }
  }
}
