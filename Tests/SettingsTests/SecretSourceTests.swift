import Glibc
import Testing

@testable import Settings

@Suite struct `Secret` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(arguments: [
    ("hunter2", "hunter2"), ("hunter2\n", "hunter2"), ("hunter2\r\n", "hunter2"), ("hunter2\n\n", "hunter2"),
    (" hunter2 \n", " hunter2 "), ("pässword", "pässword"),
  ])
  func `is the content of its file without line ends`(content: String, secret: String) throws {
    try folder.write(content, to: "s", mode: 0o600)
    #expect(try SecretSource.file(folder.path("s")).readText() == secret)
    #expect(try SecretSource.file(folder.path("s")).read() == Array(secret.utf8))
  }

  @Test func `is read anew each time`() throws {
    try folder.write("old", to: "s", mode: 0o600)
    let source = SecretSource.file(folder.path("s"))
    #expect(try source.readText() == "old")
    try folder.write("new", to: "s", mode: 0o600)
    #expect(try source.readText() == "new")
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o644] as [mode_t])
  func `of a file that others can open is refused`(mode: mode_t) throws {
    try folder.write("hunter2", to: "s", mode: mode)
    let path = folder.path("s")
    let error = try #require(throws: SecretError.self) { try SecretSource.file(path).read() }
    #expect(error.reason == "is open to other users (mode 0\(String(mode, radix: 8)))")
    #expect(error.remedy == "Close it: chmod 600 \(path)")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func `of a file that belongs to somebody else is refused`() throws {
    try folder.write("hunter2", to: "s", mode: 0o600)
    let path = folder.path("s")
    try #require(unsafe chown(path, 4711, 4711) == 0)
    let error = try #require(throws: SecretError.self) { try SecretSource.file(path).read() }
    #expect(error.reason == "belongs to the user with id 4711, who can read and change it")
  }

  @Test func `of a folder, an empty or a missing file is refused`() throws {
    try folder.write("\n", to: "empty", mode: 0o600)
    for (name, reason) in [("empty", "is empty"), ("none", "does not exist"), (".", "is not a regular file")] {
      let error = try #require(throws: SecretError.self) { try SecretSource.file(folder.path(name)).read() }
      #expect(error.reason == reason)
    }
  }

  @Test func `of more than 64 KiB is refused`() throws {
    try folder.write(String(repeating: "x", count: 65536), to: "most", mode: 0o600)
    try folder.write(String(repeating: "x", count: 65537), to: "more", mode: 0o600)
    #expect(try SecretSource.file(folder.path("most")).read().count == 65536)
    let error = try #require(throws: SecretError.self) { try SecretSource.file(folder.path("more")).read() }
    #expect(error.reason == "is too large")
  }

  @Test(arguments: ["two\nlines", "nul\0", "tab\t"])
  func `that is not one line of text is no text`(content: String) throws {
    try folder.write(content, to: "s", mode: 0o600)
    let error = try #require(throws: SecretError.self) { try SecretSource.file(folder.path("s")).readText() }
    #expect(error.reason == "is not one line of text")
    #expect(!error.description.contains(content.prefix(3)))
  }

  @Test func `of a credential is read from the folder that systemd gave, whatever its mode`() throws {
    try folder.write("hunter2\n", to: "scim-token", mode: 0o440)
    let secret = try SecretSource.credential("scim-token").readText(credentialsDirectory: folder.root)
    #expect(secret == "hunter2")
  }

  @Test(arguments: [true, false])
  func `of a missing credential is refused with the ways to supply it`(hasFolder: Bool) throws {
    let error = try #require(throws: SecretError.self) {
      try SecretSource.credential("scim-token").read(credentialsDirectory: hasFolder ? folder.root : nil)
    }
    #expect(error.description.hasPrefix("credential scim-token "))
    #expect(error.remedy.contains("LoadCredential=scim-token:PATH"))
    #expect(error.remedy.contains("{ file = \"PATH\" }"))
  }
}
