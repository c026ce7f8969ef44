package import LDAP
import SwiftASN1

/// What a client asks (RFC 4511 section 4).
package struct LDAPRequest: Sendable {
  package enum Operation: Sendable {
    case bind(BindRequest)
    case unbind
    case abandon(Int32)
    case search(SearchRequest)
    case extended(name: String)
    /// An operation that this server does not offer; the tag of its answer, nil when it has none.
    case unsupported(answer: UInt?)
  }

  package let identifier: Int32
  package let operation: Operation
  package let controls: [LDAPControl]

  /// - Throws: `MalformedMessage`, whatever the bytes.
  package init(_ bytes: [UInt8]) throws(MalformedMessage) {
    let root: ASN1Node
    do {
      root = try BER.parse(bytes)
    } catch {
      throw MalformedMessage("no BER: \(error)")
    }
    guard root.identifier == .sequence else { throw MalformedMessage("the message is no sequence") }
    let parts = try root.children()
    guard (2...3).contains(parts.count), parts[0].identifier == .integer else {
      throw MalformedMessage("the message has no identifier and operation")
    }
    identifier = try parts[0].integer()
    guard identifier > 0 else { throw MalformedMessage("message identifier \(identifier)") }
    controls = parts.count == 3 ? try Self.controls(in: parts[2]) : []
    operation = try Self.operation(in: parts[1], controls: controls)
  }

  private static func operation(
    in node: ASN1Node,
    controls: [LDAPControl]
  ) throws(MalformedMessage) -> Operation {
    guard node.identifier.tagClass == .application else { throw MalformedMessage("an operation of no known kind") }
    switch node.identifier.tagNumber {
    case 0: return .bind(try BindRequest(node))
    case 2: return .unbind
    case 3: return .search(try SearchRequest(node, controls: controls))
    case 16: return .abandon(try node.integer())
    case 23:
      guard let name = try node.children().first, name.identifier == .context(0) else {
        throw MalformedMessage("an extended request without name")
      }
      return .extended(name: try name.text())
    // modify, add, modify DN and compare have the next tag for their answers; delete's request is one higher than usual.
    case 6, 8, 12, 14: return .unsupported(answer: node.identifier.tagNumber + 1)
    case 10: return .unsupported(answer: 11)
    default: throw MalformedMessage("operation \(node.identifier.tagNumber)")
    }
  }

  private static func controls(in node: ASN1Node) throws(MalformedMessage) -> [LDAPControl] {
    guard node.identifier == .context(0) else { throw MalformedMessage("something else where controls belong") }
    var controls: [LDAPControl] = []
    for part in try node.children() {
      let fields = try part.children()
      guard let identifier = fields.first, fields.count <= 3 else {
        throw MalformedMessage("a control without identifier")
      }
      var isCritical = false
      var value: [UInt8]?
      for field in fields.dropFirst() {
        switch field.identifier {
        case .boolean: isCritical = try field.boolean()
        case .octetString: value = try field.bytes()
        default: throw MalformedMessage("a control with a field of no known kind")
        }
      }
      controls.append(LDAPControl(identifier: try identifier.text(), isCritical: isCritical, value: value))
    }
    return controls
  }
}

package struct BindRequest: Sendable {
  package let version: Int32
  package let name: String
  /// Nil when the client wants SASL.
  package let password: [UInt8]?

  init(_ node: ASN1Node) throws(MalformedMessage) {
    let fields = try node.children()
    guard fields.count == 3 else { throw MalformedMessage("a bind request of \(fields.count) fields") }
    version = try fields[0].integer()
    name = try fields[1].text()
    password = fields[2].identifier == .context(0) ? try fields[2].bytes() : nil
  }
}
