import Model
import Testing

@testable import Settings

@Suite struct `Folder of configurations` {
  private let folder: ScratchFolder
  private let files: ConfigurationFiles

  init() throws {
    folder = try ScratchFolder()
    files = ConfigurationFiles(folder: folder.root, domains: ConfigurationFixture.domains)
  }

  @Test func `is read as a whole, and a bad file hides no other`() throws {
    try folder.write(ConfigurationFixture.text, to: "b.toml")
    try folder.write(ConfigurationFixture.text, to: "a.toml")
    try folder.write("x = 1\ny = ", to: "bad.toml")
    try folder.write(ConfigurationFixture.text, to: "Bad Name.toml")
    try folder.write("not read", to: ".hidden.toml")
    try folder.write("not read", to: "b.toml~")
    try folder.write("not read", to: "README")
    let loaded = files.loadAll()
    #expect(loaded.configurations.map(\.configuration.name) == ["a", "b"])
    #expect(loaded.configurations.map(\.file) == [folder.path("a.toml"), folder.path("b.toml")])
    #expect(loaded.problems.map(\.file) == [folder.path("Bad Name.toml"), folder.path("bad.toml")])
  }

  @Test func `that is missing is a problem`() {
    let loaded = ConfigurationFiles(folder: folder.path("none"), domains: []).loadAll()
    #expect(loaded.configurations.isEmpty)
    #expect(loaded.problems.map(\.message) == ["the folder of configurations cannot be read"])
  }

  @Test func `takes a new file with its mode, and leaves nothing else behind`() throws {
    let settings = try files.write(ConfigurationFixture.text, name: "new")
    #expect(settings.configuration.name == "new")
    #expect(try folder.read("new.toml") == ConfigurationFixture.text)
    #expect(try folder.mode(of: "new.toml") == 0o640)
    #expect(try folder.names() == ["new.toml"])
  }

  @Test func `replaces a file`() throws {
    try folder.write("old", to: "one.toml", mode: 0o600)
    try files.write(ConfigurationFixture.text, name: "one")
    #expect(try folder.read("one.toml") == ConfigurationFixture.text)
    #expect(try folder.mode(of: "one.toml") == 0o640)
  }

  @Test func `keeps the old file when the new text is not valid`() throws {
    try folder.write(ConfigurationFixture.text, to: "one.toml")
    #expect(throws: InvalidSettings.self) { try files.write("domain = 1", name: "one") }
    #expect(try folder.read("one.toml") == ConfigurationFixture.text)
    #expect(try folder.names() == ["one.toml"])
  }

  @Test(arguments: ["../one", "a/b", "", ".", "One", "a\u{0}b"])
  func `is not left by a name`(name: String) throws {
    #expect(throws: InvalidSettings.self) { try files.write(ConfigurationFixture.text, name: name) }
    #expect(throws: InvalidSettings.self) { try files.text(of: name) }
    #expect(throws: InvalidSettings.self) { try files.setEnabled(true, name: name) }
    #expect(try folder.names() == [])
  }

  @Test func `that cannot be written to is a problem of the folder`() throws {
    let missing = ConfigurationFiles(folder: folder.path("none"), domains: ConfigurationFixture.domains)
    let error = try #require(throws: InvalidSettings.self) { try missing.write(ConfigurationFixture.text, name: "one") }
    #expect(error.problems.map(\.file) == [folder.path("none")])
    #expect(error.problems.map(\.message) == ["does not exist"])
  }

  @Test func `enables and disables in the file`() throws {
    try folder.write(ConfigurationFixture.text, to: "one.toml")
    #expect(try files.setEnabled(false, name: "one").configuration.isEnabled == false)
    #expect(
      try folder.read("one.toml") == ConfigurationFixture.text.replacing("enabled = true", with: "enabled = false")
    )
    #expect(try files.setEnabled(true, name: "one").configuration.isEnabled)
    #expect(try folder.read("one.toml") == ConfigurationFixture.text)
  }

  @Test func `does not enable what is not valid`() throws {
    let text = ConfigurationFixture.text.replacing("groups", with: "group")
    try folder.write(text, to: "one.toml")
    #expect(throws: InvalidSettings.self) { try files.setEnabled(false, name: "one") }
    #expect(try folder.read("one.toml") == text)
  }

  @Test func `does not enable what does not exist`() {
    let error = #expect(throws: InvalidSettings.self) { try files.setEnabled(true, name: "none") }
    #expect(error?.problems.map(\.message) == ["does not exist"])
  }
}
