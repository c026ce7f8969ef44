import Model

/// An attribute that generated objects have.
enum GeneratedAttribute: String, CaseIterable {
  case objectClass, name, objectSid, objectGUID, instanceType, parentGUID, primaryGroupID, userAccountControl
  case sAMAccountName, userPrincipalName, mail, givenName, sn, displayName, title, department, company, employeeID
  case telephoneNumber, member, memberOf, uSNChanged, groupType

  private static let byName: [AttributeName: GeneratedAttribute] = Dictionary(
    uniqueKeysWithValues: allCases.map { (AttributeName($0.rawValue), $0) }
  )

  init?(_ name: AttributeName) {
    guard let attribute = Self.byName[name] else { return nil }
    self = attribute
  }

  /// Whether DirSync gives it as an attribute of the object, if asked for.
  var isStored: Bool {
    switch self {
    case .objectGUID, .instanceType, .parentGUID, .member, .memberOf, .uSNChanged: false
    default: true
    }
  }

  /// Of security principals; the head has the domain's.
  static func sid(_ index: Int, _ shape: DirectoryShape) -> SID? {
    switch shape.place(index) {
    case .root: domainSID
    case .unit: nil
    case .user, .group: domainSID?.account(UInt32(truncatingIfNeeded: 1000 + index))
    }
  }

  private static let domainSID = SID(bytes: [
    1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0,
  ])

  func values(_ index: Int, _ place: DirectoryShape.Place, _ shape: DirectoryShape) -> [[UInt8]] {
    switch self {
    case .objectClass: return place.classes
    case .objectSid: return Self.sid(index, shape).map { [$0.bytes] } ?? []
    case .objectGUID: return [GeneratedIdentity.guid(index).bytes]
    case .instanceType: return [Array(index == 0 ? "5".utf8 : "4".utf8)]
    case .parentGUID: return place.parent(shape).map { [GeneratedIdentity.guid($0).bytes] } ?? []
    case .name: return [Array(place.name.utf8)]
    default: break
    }
    let text: String? =
      switch place {
      case .root, .unit: nil
      case .user(let user): self.text(ofUser: user)
      case .group(let group): self == .sAMAccountName ? "group\(group)" : self == .groupType ? "-2147483646" : nil
      }
    return text.map { [Array($0.utf8)] } ?? []
  }

  private func text(ofUser user: Int) -> String? {
    switch self {
    case .primaryGroupID: "513"
    case .userAccountControl: "512"
    case .sAMAccountName: "user\(user)"
    case .userPrincipalName, .mail: "user\(user)@corp.example.test"
    case .givenName: "Given \(user % 977)"
    case .sn: "Family \(user % 7919)"
    case .displayName: "Given \(user % 977) Family \(user % 7919)"
    case .department: "Department \(user % 97)"
    case .company: "Example Corporation"
    case .employeeID: "\(1_000_000 + user)"
    case .telephoneNumber: "+1 555 \(1_000_000 + user)"
    default: nil
    }
  }
}

extension DirectoryShape.Place {
  private static let rootClasses = Self.bytes(["top", "domain", "domainDNS"])
  private static let unitClasses = Self.bytes(["top", "organizationalUnit"])
  private static let userClasses = Self.bytes(["top", "person", "organizationalPerson", "user"])
  private static let groupClasses = Self.bytes(["top", "group"])

  private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  var classes: [[UInt8]] {
    switch self {
    case .root: Self.rootClasses
    case .unit: Self.unitClasses
    case .user: Self.userClasses
    case .group: Self.groupClasses
    }
  }

  var name: String {
    switch self {
    case .root: "corp"
    case .unit(let unit): "Unit \(unit)"
    case .user(let user): "User \(user)"
    case .group(let group): "Group \(group)"
    }
  }

  func parent(_ shape: DirectoryShape) -> Int? {
    switch self {
    case .root: nil
    case .unit, .group: 0
    case .user(let user): shape.index(ofUnit: user / shape.usersPerUnit)
    }
  }
}
