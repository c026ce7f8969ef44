/// What an expression is evaluated on.
package protocol ExpressionInput {
  /// The value of an attribute, null where the object has none. The name is as the expression writes it; LDAP compares
  /// names without regard to case (RFC 4512 section 2.5).
  func value(of attribute: String) -> ExpressionValue

  /// The present time.
  var now: ExpressionDate { get }

  /// A number that nobody can foresee: `Guid` and `RandomString` are made of it.
  func randomNumber() -> UInt64
}
