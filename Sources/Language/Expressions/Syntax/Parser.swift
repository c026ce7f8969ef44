/// Recursive descent over `expression = joined [comparison joined]`, `joined = operand *("&" operand)` and
/// `operand = text / number / [attribute] / name "(" [argument *("," argument)] ")" / word / "(" expression ")"`, where an
/// argument may be empty.
struct Parser {
  static let longest = 10_000
  static let deepest = 64
  private static let longestWord = 64

  private var scanner: Scanner
  private var depth = 0

  init(_ text: String) throws(ExpressionError) {
    guard text.utf8.count <= 4 * Self.longest, text.count <= Self.longest else {
      throw ExpressionError(
        at: 1,
        "an expression has at most \(Self.longest) characters",
        remedy: "split it over several attributes"
      )
    }
    scanner = Scanner(text)
  }

  mutating func parse() throws(ExpressionError) -> Node {
    scanner.skipSpaces()
    guard scanner.next != nil else {
      throw ExpressionError(at: scanner.position, "the expression is empty", remedy: "write an attribute, as in [mail]")
    }
    let node = try parseExpression()
    try Checker.checkOperand(node)
    guard scanner.next == nil else {
      throw ExpressionError(
        at: scanner.position,
        "the expression is complete before \(scanner.found)",
        remedy: "join texts with &, or separate the arguments of a function with commas"
      )
    }
    return node
  }

  private mutating func parseExpression() throws(ExpressionError) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw ExpressionError(at: scanner.position, "functions are nested deeper than \(Self.deepest) levels")
    }
    let left = try parseJoined()
    let position = scanner.position
    guard let comparison = takeComparison() else { return left }
    let right = try parseJoined()
    let next = scanner.position
    guard takeComparison() == nil else {
      throw ExpressionError(
        at: next,
        "there is one comparison already",
        remedy: "nest IIF for several conditions, or put one comparison in parentheses"
      )
    }
    try Checker.checkOperand(left)
    try Checker.checkOperand(right)
    return Node(.comparison(comparison, left, right), at: position)
  }

  private mutating func takeComparison() -> Comparison? {
    if scanner.take("=") { return .equal }
    if scanner.take("<") { return scanner.take(">") ? .notEqual : scanner.take("=") ? .lessOrEqual : .less }
    if scanner.take(">") { return scanner.take("=") ? .greaterOrEqual : .greater }
    return nil
  }

  private mutating func parseJoined() throws(ExpressionError) -> Node {
    let first = try parseOperand()
    var operands = [first]
    let position = scanner.position
    while scanner.take("&") { operands.append(try parseOperand()) }
    guard operands.count > 1 else { return first }
    for operand in operands { try Checker.checkOperand(operand) }
    return Node(.joined(operands), at: position)
  }

  /// With the spaces around it.
  private mutating func parseOperand() throws(ExpressionError) -> Node {
    scanner.skipSpaces()
    let position = scanner.position
    let kind: Node.Kind
    switch scanner.next {
    case "\""?: kind = .literal(.text(try scanner.readText()))
    case "["?: kind = .attribute(try scanner.readAttribute())
    case "&"?: kind = .literal(.number(try scanner.readHexadecimal()))
    case "-"?, ("0"..."9")?: kind = .literal(.number(try scanner.readNumber()))
    case "("?: kind = try parseParentheses()
    case let scalar? where scalar.isASCIILetter || scalar == "_": kind = try parseNamed(at: position)
    default: throw Self.unexpected(scanner)
    }
    scanner.skipSpaces()
    return Node(kind, at: position)
  }

  private mutating func parseParentheses() throws(ExpressionError) -> Node.Kind {
    let start = scanner.position
    scanner.advance()
    let inner = try parseExpression()
    guard scanner.take(")") else {
      throw ExpressionError(at: scanner.position, "the parenthesis of position \(start) is not closed")
    }
    return inner.kind
  }

  private mutating func parseNamed(at position: Int) throws(ExpressionError) -> Node.Kind {
    let word = scanner.readWord()
    guard word.utf8.count <= Self.longestWord else {
      throw ExpressionError(at: position, "a word of \(word.utf8.count) characters means nothing")
    }
    scanner.skipSpaces()
    guard scanner.take("(") else {
      switch word.lowercased() {
      case "true": return .literal(.boolean(true))
      case "false": return .literal(.boolean(false))
      default: return .word(word)
      }
    }
    let function = try FunctionCatalogue.function(named: word, at: position)
    let arguments = try parseArguments(of: function, at: position)
    return .call(function, try Checker.checked(arguments, of: function, at: position))
  }

  /// Up to the closing parenthesis.
  private mutating func parseArguments(of function: Function, at start: Int) throws(ExpressionError) -> [Node] {
    scanner.skipSpaces()
    if scanner.take(")") { return [] }
    var arguments: [Node] = []
    while true {
      scanner.skipSpaces()
      if scanner.next == "," || scanner.next == ")" {
        arguments.append(Node(.missing, at: scanner.position))
      } else {
        arguments.append(try parseExpression())
      }
      if scanner.take(")") { return arguments }
      guard scanner.take(",") else {
        throw ExpressionError(
          at: scanner.position,
          "a comma or the closing parenthesis of \(function.name) at position \(start) is expected before \(scanner.found)"
        )
      }
    }
  }

  private static func unexpected(_ scanner: Scanner) -> ExpressionError {
    let remedy =
      switch scanner.next {
      case "“"?, "”"?, "„"?, "«"?, "»"?, "'"?, "‘"?, "’"?: "write texts in straight double quotation marks, \"…\""
      case "]"?: "the names of attributes are written [name]"
      case nil: "the expression is not complete"
      default: "write an attribute as [name], a text in quotation marks, or a function"
      }
    return ExpressionError(at: scanner.position, "a value is expected before \(scanner.found)", remedy: remedy)
  }
}
