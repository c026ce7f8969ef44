/// The live bits of userAccountControl that matter here (MS-ADTS 2.2.16); its lockout and expiry bits are not kept by AD.
package struct UserAccountControl: OptionSet, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  package static let accountDisabled = UserAccountControl(rawValue: 0x2)
}
