import Engine
import Model
@testable import SCIM

extension FuzzTarget {
  static let json = FuzzTarget("json") { input in
    guard let value = JSONValue(decoding: input.bytes) else { return }
    require(JSONValue(decoding: value.encoded) == value, "the written form reads as the same value")
    guard let resource = RemoteResource(value) else { return }
    require(!resource.id.isEmpty, "a resource has an id")
    for path in paths { _ = (resource.holds(path), resource.value(at: path), resource.elements(of: path)) }
  }

  static let heldResource = FuzzTarget("held-resource") { input in
    guard let resource = JSONValue(decoding: input.bytes).flatMap({ RemoteResource($0) }) else { return }
    let held = resource.held(paths.map { (TargetPath($0.text), $0) })
    require(held.remoteID == resource.id, "it is the resource's")
    require(held.attributes.count <= paths.count, "only what is asked for is read")
    require(held.members.count <= input.bytes.count, "members are parts of the resource")
    for (path, value) in held.attributes {
      let shown = SCIMPath(path).flatMap { resource.value(at: $0) }
      require(value.isShown(as: shown), "what is held is what is shown")
    }
  }

  private static let paths = ["userName", "emails[type eq \"work\"].value", "urn:a:b:c:manager.value"].compactMap {
    SCIMPath(TargetPath($0))
  }

  static let retryAfter = FuzzTarget("retry-after", maximumSize: 64) { input in
    guard let delay = retryDelay(header: input.text, now: Timestamp(milliseconds: 784_111_777_000)) else { return }
    require(delay >= .zero && delay <= .seconds(86_400), "a delay is at most a day")
  }

  static let scimPath = FuzzTarget("scim-path", maximumSize: 256) { input in
    guard let path = SCIMPath(TargetPath(input.text)) else { return }
    // The core schema is dropped, whereafter a schema that stood in its attribute would be one.
    require(SCIMPath(TargetPath(path.text)) == path, "the written form reads as the same path")
    require(SCIMPath(TargetPath(path.whole.text)) == path.whole, "the whole attribute has a path")
    require(SCIMPath(TargetPath(path.element.text)) == path.element, "the element has a path")
  }

  static let scimText = FuzzTarget("scim-text", maximumSize: 256) { input in
    let text = input.text
    let literal = text.filterLiteral
    require(JSONValue(decoding: Array(literal.utf8)) == .string(text), "a text becomes one literal of a filter")
    let encoded = text.utf8.map { "%" + hexDigits(of: $0) }.joined()
    require(encoded.percentDecoded?.isIdentical(to: text) == true, "an encoded text is decoded")
    if let decoded = text.percentDecoded { require(decoded.utf8.count <= text.utf8.count, "decoding adds nothing") }
    let printable = text.printable(limit: 40)
    require(printable.isPrintable && printable.unicodeScalars.count <= 41, "quoted text fits a line of a log")
  }
}
