import Testing

@testable import Settings

@Suite struct `Layout of a document` {
  private static let text = #"""
    # comment with domain = "x"
    domain = "corp.example.com" # [sink]
    note = """
    enabled = true
    [scope]
    """

    [scope]
    include = [ # first
      "CN=a = b,DC=x", # include = 1

      'CN=[b],DC=x',
      "CN=c,DC=x",
    ]
    "quoted key" = 1
    a.b = { c = "d,e", f = [1, 2] }

    [[mapping.user]]
    source = "mail"
    [[mapping.user]]
    source = "title"
    [mapping.user.more]
    x = 1
    """#

  private static func path(_ steps: KeyPath.Step...) -> KeyPath { KeyPath(steps: steps) }

  @Test(
    arguments: [
      (path(.key("domain")), 2), (path(.key("note")), 3), (path(.key("scope")), 8),
      (path(.key("scope"), .key("include")), 9), (path(.key("scope"), .key("include"), .index(0)), 10),
      (path(.key("scope"), .key("include"), .index(1)), 12), (path(.key("scope"), .key("include"), .index(2)), 13),
      (path(.key("scope"), .key("quoted key")), 15), (path(.key("scope"), .key("a"), .key("b")), 16),
      (path(.key("scope"), .key("a"), .key("b"), .key("c")), 16), (path(.key("mapping"), .key("user")), 18),
      (path(.key("mapping"), .key("user"), .index(0)), 18),
      (path(.key("mapping"), .key("user"), .index(0), .key("source")), 19),
      (path(.key("mapping"), .key("user"), .index(1), .key("source")), 21),
      (path(.key("mapping"), .key("user"), .index(1), .key("target")), 20),
      (path(.key("mapping"), .key("user"), .index(1), .key("more"), .key("x")), 23),
    ] as [(KeyPath, Int)]
  )
  func `tells the line of a key, or of the nearest thing around it`(path: KeyPath, line: Int) {
    #expect(DocumentLayout(Self.text).line(of: path) == line)
  }

  @Test(arguments: [path(.key("enabled")), path(.key("sink")), path(.key("sink"), .key("kind")), .root])
  func `knows no line of what is not there`(path: KeyPath) {
    #expect(DocumentLayout(Self.text).line(of: path) == nil)
  }

  @Test(arguments: [
    "", "\n", "[", "[[", "a", "a =", "a = \"", "a = '''", "a = [", "a = [\"", "\"", "a.", "a = \"\\", "= 1", "a = ]]",
    "\u{FEFF}a = 1", "[a", "a = \"\"\"\"\"\"\"",
  ])
  func `survives text that is no document`(text: String) {
    _ = DocumentLayout(text)
  }
}
