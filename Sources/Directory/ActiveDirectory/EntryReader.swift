import Engine
import LDAP
import Logging
import Model

/// Makes changes of entries. Only what it was told to keep becomes an attribute of the image.
struct EntryReader {
  private let kept: Set<AttributeName>
  /// objectGUID of the domain's own naming context.
  private let namingContext: GUID
  private let logger: Logger

  init(keeping attributes: Set<AttributeName>, namingContext: GUID, logger: Logger) {
    kept = attributes.subtracting(Self.links)
    self.namingContext = namingContext
    self.logger = logger
  }

  private struct Member {
    let guid: GUID
    let lifetime: Duration?
  }

  /// Read as links between objects, never as values of one.
  private static let links: Set<AttributeName> = ["member", "memberOf"]

  /// More of a value is no attribute that anybody provisions, but could fill memory and store.
  static let maximumValueSize = 1 << 20

  /// What an entry of DirSync says (MS-ADTS 3.1.1.3.4.1.3). Nil for the head of another naming context, which DirSync
  /// gives too and which is no object of this domain.
  ///
  /// - Throws: `DirectoryError.unexpected`. An entry that cannot be understood is a change that would be lost.
  func change(from entry: LDAPEntry) throws(DirectoryError) -> DirectoryChange? {
    guard var change = try draft(from: entry) else { return nil }
    var added: [GUID] = []
    var removed: [GUID] = []
    for attribute in entry.attributes {
      let description = AttributeDescription(attribute.description)
      switch description.name {
      case "member":
        if description.range == .removed {
          removed += try members(in: attribute, of: change.guid).map(\.guid)
        } else {
          // Without a marker they are values from before the forest kept track of single values. The removal of one shows
          // in nothing but that the others come again, and of the last one in that none comes (MS-DRSR 4.1.10.5.5,
          // 4.1.10.5.8).
          if description.range == nil { change.needsFullRead = true }
          added += try take(attribute, into: &change)
        }
      default: read(attribute, description, into: &change)
      }
    }
    if !added.isEmpty || !removed.isEmpty { change.members = .difference(added: added, removed: removed) }
    // Something happened to an object of which the account may see nothing, perhaps its deletion.
    if entry.attributes.allSatisfy({ Self.unasked.contains(AttributeDescription($0.description).name) }) {
      change.needsFullRead = true
    }
    return change
  }

  /// What an entry says that was read in full: what it does not name is not there.
  ///
  /// - Parameter asksForGroups: whether memberOf was asked for.
  func object(from entry: LDAPEntry, asksForGroups: Bool = true) throws(DirectoryError) -> DirectoryChange {
    guard var change = try draft(from: entry) else {
      throw .unexpected(detail: "\(Self.place(of: entry)) is the head of another naming context")
    }
    var members: [GUID] = []
    var groups: [GUID] = []
    change.isDeleted = false
    change.isRecycled = false
    change.attributes = Dictionary(uniqueKeysWithValues: kept.map { ($0, []) })
    for attribute in entry.attributes {
      let description = AttributeDescription(attribute.description)
      switch description.name {
      case "member": members += try take(attribute, into: &change)
      case "memberof": groups += try self.members(in: attribute, of: change.guid).map(\.guid)
      default: read(attribute, description, into: &change)
      }
    }
    // The links of a deleted object are only hidden: they come back with it (MS-ADTS 3.1.1.5.5.6).
    if change.isDeleted == false {
      change.members = .all(members)
      change.memberOf = asksForGroups ? groups : nil
    }
    return change
  }

  private func draft(from entry: LDAPEntry) throws(DirectoryError) -> DirectoryChange? {
    guard let guid = entry["objectGUID"]?.first.flatMap({ GUID(bytes: $0) }) else {
      throw .unexpected(detail: "an entry without objectGUID: \(Self.place(of: entry))")
    }
    let isHead = (entry.text("instanceType").flatMap { Int64($0) } ?? 0) & Self.headOfNamingContext != 0
    return isHead && guid != namingContext ? nil : DirectoryChange(guid: guid)
  }

  private func read(
    _ attribute: LDAPAttribute,
    _ description: AttributeDescription,
    into change: inout DirectoryChange
  ) {
    switch description.name {
    case "isdeleted": change.isDeleted = attribute.isTrue
    case "isrecycled": change.isRecycled = attribute.isTrue
    case "name": change.name = attribute.values.first.map { Self.originalName(String(decoding: $0, as: UTF8.self)) }
    case "parentguid": change.parent = attribute.values.first.flatMap { GUID(bytes: $0) }
    case "objectclass":
      if !attribute.values.isEmpty {
        change.objectClass = ObjectClass(values: attribute.values.map { String(decoding: $0, as: UTF8.self) })
      }
    case "objectsid": change.sid = attribute.values.first.flatMap { SID(bytes: $0) }
    case "primarygroupid": change.primaryGroupRID = attribute.text.flatMap { UInt32($0) }
    case "lastknownparent": change.lastKnownParent = attribute.values.first.flatMap { ExtendedName($0)?.guid }
    default: break
    }
    if kept.contains(description.name) { keep(attribute, description, in: &change) }
  }

  private func keep(
    _ attribute: LDAPAttribute,
    _ description: AttributeDescription,
    in change: inout DirectoryChange
  ) {
    guard attribute.values.allSatisfy({ $0.count <= Self.maximumValueSize }) else {
      logger.warning(
        "ignored an attribute with a value above 1 MiB",
        metadata: ["OBJECT_GUID": "\(change.guid)", "attribute": "\(description.name)"]
      )
      change.attributes[description.name] = nil
      return
    }
    // Of a link with one value, such as manager, DirSync gives the old value as removed and the new one as added.
    let values = description.range == .removed ? [] : attribute.values
    change.attributes[description.name, default: []] += values
  }

  /// Whether the entry is the head of another naming context, which is no object of this domain.
  func isForeign(_ entry: LDAPEntry) throws(DirectoryError) -> Bool { try draft(from: entry) == nil }

  /// The members, whose lifetimes go into the change.
  private func take(
    _ attribute: LDAPAttribute,
    into change: inout DirectoryChange
  ) throws(DirectoryError) -> [GUID] {
    let names = try members(in: attribute, of: change.guid)
    for name in names { if let lifetime = name.lifetime { change.memberLifetimes[name.guid] = lifetime } }
    return names.map(\.guid)
  }

  private func members(in attribute: LDAPAttribute, of object: GUID) throws(DirectoryError) -> [Member] {
    var names: [Member] = []
    names.reserveCapacity(attribute.values.count)
    for value in attribute.values {
      guard let name = ExtendedName(value) else {
        throw .unexpected(
          detail:
            "a value of \(attribute.description) of object \(object) names no objectGUID: \(String(printable: value))"
        )
      }
      names.append(Member(guid: name.guid, lifetime: name.lifetime))
    }
    return names
  }

  /// DirSync gives these of every object that changed (MS-ADTS 3.1.1.3.4.1.3).
  private static let unasked: Set<AttributeName> = ["objectGUID", "instanceType"]

  /// IT_NC_HEAD of instanceType (MS-ADTS 2.2.9).
  private static let headOfNamingContext: Int64 = 0x1

  /// The RDN before AD made it unique at deletion: what stands before a line feed and `DEL:` with the objectGUID
  /// (MS-ADTS 3.1.1.5.5).
  static func originalName(_ name: String) -> String {
    let suffix = "\nDEL:"
    guard let start = name.utf8.count > 41 ? name.utf8.index(name.utf8.endIndex, offsetBy: -41) : nil,
      name[start...].hasPrefix(suffix), GUID(name[start...].dropFirst(suffix.count)) != nil
    else { return name }
    return String(name[..<start])
  }

  private static func place(of entry: LDAPEntry) -> String {
    entry.name.isEmpty ? "an object without a visible DN" : String(printable: entry.name)
  }
}

extension LDAPAttribute {
  /// LDAP booleans are the words TRUE and FALSE (RFC 4517 section 3.3.3). A removed attribute is present without values.
  fileprivate var isTrue: Bool { text == "TRUE" }

  fileprivate var text: String? { values.first.flatMap { String(validating: $0, as: UTF8.self) } }
}
