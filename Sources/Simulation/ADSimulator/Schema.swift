import Model

/// The number of an attribute in `Schema`: entries are compared and sorted without a look at names.
package struct AttributeID: Hashable, Comparable, Sendable {
  package let number: Int

  package static func < (left: AttributeID, right: AttributeID) -> Bool { left.number < right.number }
}

/// The attributes there are. Unknown ones become texts of no special meaning.
package struct Schema: Sendable {
  package struct Attribute: Sendable {
    package let name: String
    package let folded: String
    package let kind: Kind
    /// Still there on a tombstone (MS-ADTS 3.1.1.5.5.1).
    let staysOnTombstone: Bool
  }

  package enum Kind: Sendable {
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

  package subscript(_ id: AttributeID) -> Attribute { attributes[id.number] }

  package func existing(_ folded: String) -> AttributeID? { numbers[folded] }

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
  package static let objectClass = AttributeID(number: 0)
  package static let name = AttributeID(number: 1)
  package static let objectSid = AttributeID(number: 2)
  package static let isDeleted = AttributeID(number: 3)
  package static let isRecycled = AttributeID(number: 4)
  package static let lastKnownParent = AttributeID(number: 5)
  package static let member = AttributeID(number: 6)
  package static let primaryGroupID = AttributeID(number: 7)
  package static let sAMAccountName = AttributeID(number: 8)
  package static let userAccountControl = AttributeID(number: 9)
  package static let groupType = AttributeID(number: 10)
  package static let manager = AttributeID(number: 11)
  package static let objectGUID = AttributeID(number: 12)
  package static let instanceType = AttributeID(number: 13)
  package static let parentGUID = AttributeID(number: 14)
  package static let memberOf = AttributeID(number: 15)
  package static let uSNChanged = AttributeID(number: 16)
  package static let distinguishedName = AttributeID(number: 17)
  package static let cn = AttributeID(number: 18)
  package static let ou = AttributeID(number: 19)
  package static let objectCategory = AttributeID(number: 20)
  package static let sAMAccountType = AttributeID(number: 21)
  package static let uSNCreated = AttributeID(number: 22)
  package static let whenChanged = AttributeID(number: 23)
  package static let dc = AttributeID(number: 24)
}
