/// Functions that make something new each time.
extension Function {
  static let generators = [guid, randomString]

  private static let guid = Function("Guid", spelt: ["GUID"], [], gives: .text, isImpure: true) {
    call throws(Interruption) in
    // Version 4, variant 1 (RFC 9562 section 5.4).
    let high = call.input.randomNumber() & ~0xF000 | 0x4000
    let low = call.input.randomNumber() & ~(3 << 62) | 2 << 62
    let digits = Array(padded(high) + padded(low))
    let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
    return .text(groups.map { String($0) }.joined(separator: "-"))
  }

  private static func padded(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static let longest: Int64 = 256

  private static let randomString = Function(
    "RandomString",
    [
      .number("length", 1...longest), .number("minimumNumbers", 0...longest),
      .number("minimumSpecialCharacters", 0...longest), .number("minimumCapital", 0...longest),
      .number("minimumLowerCase", 0...longest), .text("charactersToAvoid", optional: true),
    ],
    gives: .text,
    isImpure: true
  ) { call throws(Interruption) in
    let length = try call.requiredNumber(0, in: 1...longest)
    let avoided = Set(try call.text(5) ?? "")
    var wanted: [(minimum: Int64, characters: [Character])] = []
    for (index, characters) in alphabets.enumerated() {
      let minimum = try call.requiredNumber(index + 1, in: 0...longest)
      let allowed = characters.filter { !avoided.contains($0) }
      guard minimum == 0 || !allowed.isEmpty else {
        throw call.failure("argument 6 leaves no character for argument \(index + 2)")
      }
      wanted.append((minimum, Array(allowed)))
    }
    let sum = wanted.reduce(0) { $0 + $1.minimum }
    guard sum <= length else { throw call.failure("the length must be at least \(sum), the sum of the minimum counts") }
    return .text(
      try randomText(Int(length), wanted, RandomNumbers(call.input), call.failure("no character is left to choose"))
    )
  }

  /// Digits, what passwords may have of other characters, capital and small letters.
  private static let alphabets = [
    "0123456789", "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz",
  ]

  /// What the minimum counts leave open is of the kinds that are asked for, or else of letters and digits.
  private static func randomText(
    _ length: Int,
    _ wanted: [(minimum: Int64, characters: [Character])],
    _ numbers: RandomNumbers,
    _ failure: Interruption
  ) throws(Interruption) -> String {
    var numbers = numbers
    var characters: [Character] = []
    for (minimum, alphabet) in wanted {
      for _ in 0..<minimum { if let next = alphabet.randomElement(using: &numbers) { characters.append(next) } }
    }
    let asked = wanted.filter { $0.minimum > 0 }.flatMap(\.characters)
    let open = asked.isEmpty ? [0, 2, 3].flatMap { wanted[$0].characters } : asked
    while characters.count < length {
      guard let next = open.randomElement(using: &numbers) else { throw failure }
      characters.append(next)
    }
    characters.shuffle(using: &numbers)
    return String(characters)
  }
}

private struct RandomNumbers: RandomNumberGenerator {
  private let input: any ExpressionInput

  init(_ input: any ExpressionInput) {
    self.input = input
  }

  func next() -> UInt64 { input.randomNumber() }
}
