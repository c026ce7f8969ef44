import Patterns
import Testing

@Suite struct `Replacing by a pattern` {
  @Test(arguments: [
    (#"(?<name>\w+)@(\w+)"#, "jo@a, al@b", "${name}.$2", "jo.a, al.b"),
    ("a", "banana", "<$&>", "b<a>n<a>n<a>"), ("a", "banana", "$$0", "b$0n$0n$0"),
    ("(a)|b", "ab", "[$1]", "[a][]"), ("a", "a", "$1 ${x} $ ${", "$1 ${x} $ ${"), ("a", "a", "$0${0}", "aa"),
    ("", "ab", "-", "-a-b-"), ("x", "ab", "-", "ab"), ("é", "é€é", "$&$&", "éé€éé"),
    ("a", "a", "$99999999999999999999", "$99999999999999999999"), (#"\s+"#, " a  b ", "", "ab"),
  ])
  func `understands the references of the dialect`(
    pattern: String,
    text: String,
    template: String,
    expected: String
  ) throws {
    #expect(try Pattern(pattern).replacing(in: text, template: template) == expected)
  }

  @Test func `takes what a closure makes of each match`() throws {
    let text = "one two"
    #expect(try Pattern(#"\w+"#).replacing(in: text) { text[$0.range].uppercased() } == "ONE TWO")
  }
}
