/// An expression of the mapping language of Microsoft's provisioning, read and checked: see docs/expressions.md.
package struct Expression: Sendable {
  /// As it was written.
  package let text: String
  /// The attributes that it reads, as written; one that is written in several cases is there once.
  package let attributes: Set<String>
  /// Whether it may give something else each time, for the same object: `Now`, `Guid` and `RandomString`.
  package let isImpure: Bool
  /// Whether it is a `SelectUniqueValue`, which gives choices and no value.
  package let isUniqueChoice: Bool
  /// Whether `Redact` hides what it gives.
  package let isRedacted: Bool
  /// In one way of writing.
  package let description: String
  private let root: Node

  /// - Throws: where the text is no expression, with the place and what to do.
  package init(parsing text: String) throws(ExpressionError) {
    var parser = try Parser(text)
    let root = try parser.parse()
    try Checker.checkNesting(root)
    var attributes: [String: String] = [:]
    var functions: Set<String> = []
    var isImpure = false
    root.visit {
      switch $0.kind {
      case .attribute(let name): attributes[name.lowercased()] = attributes[name.lowercased()] ?? name
      case .call(let function, _):
        functions.insert(function.name)
        isImpure = isImpure || function.isImpure
      default: break
      }
    }
    self.text = text
    self.root = root
    self.attributes = Set(attributes.values)
    self.isImpure = isImpure
    isUniqueChoice = functions.contains(Function.uniqueChoice)
    isRedacted = functions.contains(Function.redact.name)
    description = root.text
  }

  /// - Throws: why it gives nothing for this object; nothing that the object holds makes it do worse.
  package func evaluate(in input: some ExpressionInput) throws(ExpressionFailure) -> ExpressionOutcome {
    let evaluation = Evaluation(input, hidesValues: isRedacted)
    do throws(Interruption) {
      let value = try evaluation.value(of: root)
      let choices = value.elements.compactMap(\.asText)
      return ExpressionOutcome(isUniqueChoice ? .choices(choices) : .value(value), isRedacted: isRedacted)
    } catch {
      switch error {
      case .unchanged: return ExpressionOutcome(.unchanged, isRedacted: isRedacted)
      case .failure(let failure): throw failure
      }
    }
  }
}

/// Two expressions are the same if they differ in nothing but spaces, spelling variants and needless parentheses.
extension Expression: Hashable, CustomStringConvertible {
  package static func == (left: Expression, right: Expression) -> Bool {
    left.description.utf8.elementsEqual(right.description.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(description)
  }
}
