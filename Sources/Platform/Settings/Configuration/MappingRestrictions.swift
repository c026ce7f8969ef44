import Model

/// What no rule may name, and why.
enum MappingRestrictions {
  /// Hashes and secrets that adprov never asks the directory for.
  static let secretAttributes: Set<AttributeName> = [
    "unicodePwd", "dBCSPwd", "ntPwdHistory", "lmPwdHistory", "supplementalCredentials", "userPassword",
    "unixUserPassword", "msSFU30Password", "ms-Mcs-AdmPwd", "msLAPS-Password", "msLAPS-EncryptedPassword",
    "msLAPS-EncryptedPasswordHistory", "msDS-ManagedPassword", "msFVE-RecoveryPassword", "msDS-KeyCredentialLink",
    "currentValue", "initialAuthIncoming", "initialAuthOutgoing", "trustAuthIncoming", "trustAuthOutgoing",
  ]

  static let binaryAttributes: Set<AttributeName> = [
    "objectGUID", "objectSid", "sIDHistory", "nTSecurityDescriptor", "thumbnailPhoto", "jpegPhoto", "photo",
    "thumbnailLogo", "userCertificate", "userSMIMECertificate", "logonHours", "msDS-ConsistencyGuid",
  ]

  /// Names of other objects, which mean nothing to a sink as they stand; references are not mapped yet.
  static let referenceAttributes: Set<AttributeName> = [
    "manager", "directReports", "managedBy", "managedObjects", "secretary", "assistant", "seeAlso", "owner",
    "objectCategory", "distinguishedName",
  ]

  /// Attributes that SCIM defines and whose values are not the mapping's to give.
  private static let reservedTargets: [String: String] = [
    "id": "the sink gives it", "meta": "the sink gives it", "schemas": "adprov sets it itself",
    "externalid": "it always holds the objectGUID", "groups": "it follows from the members of groups",
    "members": "memberships are sent by themselves", "password": "adprov sends no passwords",
  ]

  static func reasonAgainst(source: String) -> String? {
    let name = AttributeName(source)
    guard isAttributeName(source) else { return "it is not the name of an attribute" }
    if secretAttributes.contains(name) { return "it holds a secret" }
    if binaryAttributes.contains(name) { return "its values are not text" }
    if referenceAttributes.contains(name) { return "its values name other objects of the directory" }
    if name == "member" || name == "memberOf" { return "memberships are sent by themselves" }
    return nil
  }

  static func reasonAgainst(target: String) -> String? {
    if target.lowercased().hasPrefix("urn:ietf:params:scim:schemas:core:") {
      return "attributes of the core schema are written without its URN"
    }
    let end = target.firstIndex { ".[".contains($0) } ?? target.endIndex
    return reservedTargets[target[..<end].lowercased()]
  }

  static func reasonAgainst(
    constant: ResourceValue,
    target: TargetPath,
    kind: ResourceKind
  ) -> (message: String, remedy: String)? {
    let isBoolean = if case .boolean = constant { true } else { false }
    switch target {
    case .active where !isBoolean: return ("active is a boolean", "Give true or false, without quotes")
    case .userName where kind == .user:
      return ("all users would have the same userName", #"Give source = "ATTRIBUTE" instead"#)
    case .displayName where kind != .user:
      return ("all objects would have the same displayName", #"Give source = "ATTRIBUTE" instead"#)
    default: return nil
    }
  }

  /// keystring of RFC 4512 section 1.4.
  static func isAttributeName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) else {
      return false
    }
    return text.utf8.count <= 256
      && text.utf8.allSatisfy { DocumentLayout.isBareKeyByte($0) && $0 != UInt8(ascii: "_") }
  }
}
