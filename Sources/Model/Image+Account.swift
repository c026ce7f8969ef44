extension Image {
  /// When the account ceases to be valid (accountExpires, MS-ADA1 2.2); nil for never, and for what is no date.
  package var accountExpiry: Timestamp? {
    guard let text = text("accountExpires"), case .at(let date)? = FileTime(text) else { return nil }
    return date
  }
}
