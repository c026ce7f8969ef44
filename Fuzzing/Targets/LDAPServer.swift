import LDAP
@testable import LDAPServer
import SwiftASN1

extension FuzzTarget {
  static let messageFrames = FuzzTarget("message-frames", maximumSize: 256) { input in
    let size = 1 + Int(input.bytes.first ?? 0) % 32
    let bytes = input.bytes.dropFirst()
    let whole = frames(of: [bytes])
    let inPieces = frames(
      of: stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map {
        bytes[$0..<min($0 + size, bytes.endIndex)]
      }
    )
    require(whole.messages == inPieces.messages, "the messages are the same, however they arrive")
    require(whole.error == inPieces.error, "and so is the end")
    require(bytes.starts(with: whole.messages.joined()), "messages are what was sent")
  }

  private static func frames(of pieces: [ArraySlice<UInt8>]) -> (messages: [[UInt8]], error: MalformedMessage?) {
    var frames = MessageFrames()
    var messages: [[UInt8]] = []
    do throws(MalformedMessage) {
      for piece in pieces {
        frames.append(piece)
        while let message = try frames.next() { messages.append(message) }
      }
      return (messages, nil)
    } catch {
      return (messages, error)
    }
  }

  static let ldapRequest = FuzzTarget("ldap-request", maximumSize: 512) { input in
    guard let request = try? LDAPRequest(input.bytes) else { return }
    require(request.identifier > 0, "a message has an identifier")
    require(request.controls.count <= input.bytes.count, "controls are parts of the message")
    guard case .search(let search) = request.operation else { return }
    require(search.search.filter.utf8.count <= 5 * input.bytes.count, "the filter is bounded")
    require(FilterSyntax.holds(search.search.filter), "the filter is one filter of RFC 4515")
    require(search.sizeLimit.map { $0 > 0 } ?? true, "a limit is none or a real one")
  }

  static let ldapAnswer = FuzzTarget("ldap-answer", maximumSize: 256) { input in
    let parts = input.parts
    let entry = LDAPEntry(name: parts[0], attributes: FuzzInput.attributes(parts[1...]))
    let identifier = Int32(truncatingIfNeeded: input.bytes.reduce(UInt32(1)) { $0 &* 31 &+ UInt32($1) })
    var encoder = LDAPAnswerEncoder()
    encoder.entry(entry, to: identifier)
    var frames = MessageFrames()
    frames.append(encoder.bytes + [0x30])
    guard let message = try? frames.next(), let root = try? BER.parse(message) else {
      return require(false, "an answer is one message")
    }
    require(message == encoder.bytes, "an answer is one message")
    require((try? Self.entry(in: root, identifier)) == entry, "the written form reads as the same entry")
  }

  private static func entry(in root: ASN1Node, _ identifier: Int32) throws -> LDAPEntry? {
    let fields = try root.children()
    guard fields.count == 2, try fields[0].integer() == identifier, fields[1].identifier == .application(4) else {
      return nil
    }
    let content = try fields[1].children()
    guard content.count == 2 else { return nil }
    return try LDAPEntry(
      name: content[0].bytes(),
      attributes: content[1].children().map { attribute in
        let parts = try attribute.children()
        guard parts.count == 2 else { throw MalformedMessage("an attribute of \(parts.count) parts") }
        return try LDAPAttribute(parts[0].text(), parts[1].children().map { try $0.bytes() })
      }
    )
  }
}
