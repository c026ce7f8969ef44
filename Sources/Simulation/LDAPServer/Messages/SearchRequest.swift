package import LDAP
import SwiftASN1

/// RFC 4511 section 4.5.1.
package struct SearchRequest: Sendable {
  package let search: LDAPSearch
  /// False for the scopes that `LDAPSearch` does not know.
  package let isScopeKnown: Bool
  /// Nil for no limit.
  package let sizeLimit: Int?
  package let timeLimit: Duration?
  /// Names of attributes without values.
  package let typesOnly: Bool

  init(_ node: ASN1Node, controls: [LDAPControl]) throws(MalformedMessage) {
    let fields = try node.children()
    guard fields.count == 8 else { throw MalformedMessage("a search request of \(fields.count) fields") }
    let (scope, size, time) = (try fields[1].integer(), try fields[3].integer(), try fields[4].integer())
    guard (0...3).contains(scope), size >= 0, time >= 0 else { throw MalformedMessage("a scope or limit out of range") }
    var attributes: [String] = []
    for attribute in try fields[7].children() { attributes.append(try attribute.text()) }
    search = LDAPSearch(
      base: try fields[0].text(),
      scope: scope == 0 ? .base : .subtree,
      filter: try FilterText(fields[6]).text,
      attributes: attributes,
      controls: controls
    )
    isScopeKnown = scope == 0 || scope == 2
    sizeLimit = size == 0 ? nil : Int(size)
    timeLimit = time == 0 ? nil : .seconds(time)
    typesOnly = try fields[5].boolean()
  }
}
