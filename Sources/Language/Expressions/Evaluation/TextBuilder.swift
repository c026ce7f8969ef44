/// Puts a text together, within the bounds of the evaluation.
struct TextBuilder {
  private let call: Call
  private(set) var text = ""

  init(_ call: Call) {
    self.call = call
  }

  mutating func append(_ piece: some StringProtocol) throws(Interruption) {
    let count = piece.utf8.count
    try call.spend(count)
    guard text.utf8.count + count <= Evaluation.largestValue else { throw call.failure(Evaluation.tooLarge) }
    text += piece
  }
}
