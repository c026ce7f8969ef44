/// Where a value stands in a document, such as `mapping.user[2].target`; people count its elements from 1.
struct KeyPath: Hashable, Sendable, CustomStringConvertible {
  enum Step: Hashable, Sendable {
    case key(String)
    /// Counted from 0 here, from 1 in the text.
    case index(Int)
  }

  private(set) var steps: [Step]

  static let root = KeyPath(steps: [])

  var isEmpty: Bool { steps.isEmpty }

  func appending(_ key: String) -> KeyPath { KeyPath(steps: steps + [.key(key)]) }
  func appending(_ index: Int) -> KeyPath { KeyPath(steps: steps + [.index(index)]) }

  /// Without the last step; nil at the root.
  var parent: KeyPath? {
    isEmpty ? nil : KeyPath(steps: steps.dropLast())
  }

  var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let name): text += (text.isEmpty ? "" : ".") + (Self.isBare(name) ? name : quotation(name))
      case .index(let index): text += "[\(index + 1)]"
      }
    }
    return text
  }

  /// Whether a key needs no quotes (TOML 1.0, "Keys").
  private static func isBare(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.allSatisfy(DocumentLayout.isBareKeyByte)
  }
}
