import CLDAP

extension LDAPControl {
  /// - Parameter controls: an array that ends with nil, as libldap gives it; it keeps owning it.
  static func copies(of controls: UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>?) -> [LDAPControl] {
    var copies: [LDAPControl] = []
    guard var next = unsafe controls else { return copies }
    while let control = unsafe next.pointee {
      unsafe copies.append(LDAPControl(copying: control.pointee))
      unsafe next += 1
    }
    return copies
  }

  private init(copying control: ldapcontrol) {
    let value = unsafe control.ldctl_value.bv_val == nil ? nil : Array(control.ldctl_value.bytes)
    unsafe self.init(
      identifier: String(cString: control.ldctl_oid),
      isCritical: control.ldctl_iscritical != 0,
      value: value
    )
  }

  /// Lends the controls in libldap's form for the time of `body`.
  static func withLibraryForm<Result>(
    of controls: [LDAPControl],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<ldapcontrol>?>?) -> Result
  ) -> Result {
    var list = unsafe [UnsafeMutablePointer<ldapcontrol>?]()
    defer { unsafe list.forEach { unsafe ldap_control_free($0) } }
    for control in controls { unsafe list.append(control.libraryCopy()) }
    unsafe list.append(nil)
    return unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }

  private func libraryCopy() -> UnsafeMutablePointer<ldapcontrol>? {
    var control: UnsafeMutablePointer<ldapcontrol>?
    guard var bytes = value else {
      _ = unsafe ldap_control_create(identifier, isCritical ? 1 : 0, nil, 1, &control)
      return unsafe control
    }
    _ = unsafe withBerval(&bytes) { unsafe ldap_control_create(identifier, isCritical ? 1 : 0, $0, 1, &control) }
    return unsafe control
  }
}

/// Lends bytes as the counted string of liblber.
func withBerval<Result>(_ bytes: inout [UInt8], _ body: (UnsafeMutablePointer<berval>) -> Result) -> Result {
  unsafe bytes.withUnsafeMutableBytes { buffer in
    var value = unsafe berval(
      bv_len: ber_len_t(buffer.count),
      bv_val: buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
    )
    return unsafe body(&value)
  }
}
