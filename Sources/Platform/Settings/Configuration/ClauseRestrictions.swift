import Model

/// What no clause of a filter may ask, and why.
enum ClauseRestrictions {
  /// Each domain controller has its own values, and none tells of their changes (FLAG_ATTR_NOT_REPLICATED of systemFlags,
  /// MS-ADTS 2.2.10).
  private static let localAttributes: Set<AttributeName> = [
    "whenChanged", "uSNChanged", "uSNCreated", "uSNLastObjRem", "lastLogon", "lastLogoff", "logonCount", "badPwdCount",
    "badPasswordTime", "dSCorePropagationData",
  ]

  /// Computed when they are asked for (MS-ADTS 3.1.1.4.5), so that no change of them is ever told.
  private static let constructedAttributes: Set<AttributeName> = [
    "canonicalName", "createTimeStamp", "modifyTimeStamp", "tokenGroups", "tokenGroupsGlobalAndUniversal",
    "primaryGroupToken", "msDS-User-Account-Control-Computed", "msDS-UserPasswordExpiryTimeComputed",
    "msDS-PrincipalName", "msDS-ResultantPSO", "msDS-parentdistname", "parentGUID", "structuralObjectClass",
    "allowedAttributes", "allowedAttributesEffective", "sDRightsEffective", "msDS-Approx-Immed-Subordinates",
  ]

  /// - Parameter operator: nil when it could not be read.
  static func reasonAgainst(_ attribute: String, _ operator: ClauseOperator?) -> (message: String, remedy: String)? {
    let name = AttributeName(attribute)
    guard MappingRestrictions.isAttributeName(attribute) else {
      return ("it is not the name of an attribute", "Give its lDAPDisplayName, for example department")
    }
    if MappingRestrictions.secretAttributes.contains(name) { return ("it holds a secret", "Ask another attribute") }
    if name == "member" || name == "memberOf" {
      return ("memberships are no values", #"Choose mode = "groups", or list groups under exclude"#)
    }
    if name == "distinguishedName" {
      return (
        "it changes with every container above it",
        #"Choose mode = "organizational-units", or list OUs under exclude"#
      )
    }
    if MappingRestrictions.referenceAttributes.contains(name) {
      return ("its values name other objects, whose renames are not told", "Ask another attribute")
    }
    if localAttributes.contains(name) {
      return ("each domain controller has its own value", "Ask another attribute, such as lastLogonTimestamp")
    }
    if constructedAttributes.contains(name) {
      return ("it is computed, and its changes are not told", "Ask the attributes that it follows from")
    }
    let isAboutPresence = `operator` == nil || `operator` == .isNull || `operator` == .isNotNull
    if MappingRestrictions.binaryAttributes.contains(name) && !isAboutPresence {
      return ("its values are not text", "Use IS NULL or IS NOT NULL, or ask another attribute")
    }
    return nil
  }
}
