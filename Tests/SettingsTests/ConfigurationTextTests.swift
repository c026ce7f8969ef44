import Testing

@testable import Settings

@Suite struct `Text of a configuration` {
  @Test(arguments: [
    ("enabled = false\n", "enabled = true\n"),
    ("enabled=false#why\n", "enabled=true#why\n"),
    ("  enabled =\tfalse   # ünïcode\r\nx = 1\r\n", "  enabled =\ttrue   # ünïcode\r\nx = 1\r\n"),
    ("\"enabled\" = false", "\"enabled\" = true"),
    ("enabled = true\n", "enabled = true\n"),
    // Not the key that is meant
    (
      "domain = \"a\" # enabled = false\n[scope]\nenabled = false\n",
      "domain = \"a\" # enabled = false\nenabled = true\n[scope]\nenabled = false\n"
    ),
    ("note = \"\"\"\nenabled = false\n\"\"\"\n", "enabled = true\nnote = \"\"\"\nenabled = false\n\"\"\"\n"),
    ("a = [\n1, # enabled = false\n]\nenabled = false", "a = [\n1, # enabled = false\n]\nenabled = true"),
    ("a.enabled = false\n", "enabled = true\na.enabled = false\n"),
    // Insertion
    ("# head\ndomain = \"a\"\n\n[scope]\n", "# head\ndomain = \"a\"\nenabled = true\n\n[scope]\n"),
    ("domain = \"a\"\r\n[scope]\r\n", "domain = \"a\"\r\nenabled = true\r\n[scope]\r\n"),
    ("domain = \"a\"", "domain = \"a\"\nenabled = true\n"),
    ("[scope]\nx = 1\n", "enabled = true\n[scope]\nx = 1\n"),
    ("", "enabled = true\n"),
  ])
  func `is enabled with every other byte kept`(text: String, expected: String) {
    #expect(ConfigurationText.settingEnabled(true, in: text).map { Array($0.utf8) } == Array(expected.utf8))
  }

  @Test(arguments: ["enabled = ", "= = =", "[scope", "enabled = false\nenabled = false\n"])
  func `that is no TOML is left alone`(text: String) {
    #expect(ConfigurationText.settingEnabled(true, in: text) == nil)
  }
}
