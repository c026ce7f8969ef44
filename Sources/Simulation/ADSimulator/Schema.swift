import Model

/// The number of an attribute in `Schema`: entries are compared and sorted without a look at names.
struct AttributeID: Hashable, Comparable, Sendable {
  let number: Int

  static func < (left: AttributeID, right: AttributeID) -> Bool { left.number < right.number }
}

/// The attributes there are. Unknown ones become texts of no special meaning.
struct Schema: Sendable {
  struct Attribute: Sendable {
    let name: String
    let folded: String
    let kind: Kind
    /// Still there on a tombstone (MS-ADTS 3.1.1.5.5.1).
    let staysOnTombstone: Bool
  }

  enum Kind: Sendable {
    case text
    /// A forward link, or another reference; values are the 16 bytes of an objectGUID.
    case link
    case reference
    /// Written nowhere: computed at each read, or true of one replica only. DirSync never gives it.
    case constructed
  }

  private(set) var attributes: [Attribute] = []
  private var numbers: [String: AttributeID] = [:]

  init() {
    for name in Self.wellKnown { add(name) }
  }

  subscript(_ id: AttributeID) -> Attribute { attributes[id.number] }

  func existing(_ folded: String) -> AttributeID? { numbers[folded] }

  mutating func id(of name: AttributeName) -> AttributeID {
    numbers[name.folded] ?? add(name.folded)
  }

  @discardableResult
  private mutating func add(_ name: String) -> AttributeID {
    let id = AttributeID(number: attributes.count)
    let folded = name.lowercased()
    let kind: Kind =
      if Self.linked.contains(folded) {
        .link
      } else if folded == "lastknownparent" {
        .reference
      } else if Self.constructed.contains(folded) {
        .constructed
      } else {
        .text
      }
    attributes.append(
      Attribute(name: name, folded: folded, kind: kind, staysOnTombstone: Self.retained.contains(folded))
    )
    numbers[folded] = id
    return id
  }

  private static let linked: Set<String> = ["member", "manager"]
  private static let constructed: Set<String> = [
    "memberof", "parentguid", "usnchanged", "usncreated", "whenchanged", "distinguishedname", "cn", "ou", "dc",
    "canonicalname", "tokengroups", "directreports", "lastlogon", "logoncount", "badpwdcount",
    "msds-user-account-control-computed", "objectguid", "instancetype",
  ]
  private static let retained: Set<String> = [
    "objectclass", "name", "objectsid", "isdeleted", "isrecycled", "lastknownparent", "samaccountname",
    "useraccountcontrol", "grouptype", "sidhistory", "dnshostname", "legacyexchangedn",
  ]
  /// In the order of the constants of `AttributeID`.
  private static let wellKnown = [
    "objectClass", "name", "objectSid", "isDeleted", "isRecycled", "lastKnownParent", "member", "primaryGroupID",
    "sAMAccountName", "userAccountControl", "groupType", "manager", "objectGUID", "instanceType", "parentGUID",
    "memberOf", "uSNChanged", "distinguishedName", "cn", "ou", "objectCategory", "sAMAccountType", "uSNCreated",
    "whenChanged", "dc",
  ]
}

extension AttributeID {
  static let objectClass = AttributeID(number: 0)
  static let name = AttributeID(number: 1)
  static let objectSid = AttributeID(number: 2)
  static let isDeleted = AttributeID(number: 3)
  static let isRecycled = AttributeID(number: 4)
  static let lastKnownParent = AttributeID(number: 5)
  static let member = AttributeID(number: 6)
  static let primaryGroupID = AttributeID(number: 7)
  static let sAMAccountName = AttributeID(number: 8)
  static let userAccountControl = AttributeID(number: 9)
  static let groupType = AttributeID(number: 10)
  static let manager = AttributeID(number: 11)
  static let objectGUID = AttributeID(number: 12)
  static let instanceType = AttributeID(number: 13)
  static let parentGUID = AttributeID(number: 14)
  static let memberOf = AttributeID(number: 15)
  static let uSNChanged = AttributeID(number: 16)
  static let distinguishedName = AttributeID(number: 17)
  static let cn = AttributeID(number: 18)
  static let ou = AttributeID(number: 19)
  static let objectCategory = AttributeID(number: 20)
  static let sAMAccountType = AttributeID(number: 21)
  static let uSNCreated = AttributeID(number: 22)
  static let whenChanged = AttributeID(number: 23)
  static let dc = AttributeID(number: 24)
}
