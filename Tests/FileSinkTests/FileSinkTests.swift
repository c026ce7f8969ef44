import Engine
import FileSink
import Foundation
import Model
import TestSupport
import Testing

@Suite struct FileSinkTests {
  typealias Fixture = FileSinkFixture

  @Test func `operations are appended in order, to a file that only the service reads`() async throws {
    let fixture = try Fixture()
    let sink = try await fixture.openSink()
    #expect(
      await sink.apply([Fixture.delete("a"), Fixture.delete("b")]) == [.done(remoteID: nil), .done(remoteID: nil)]
    )
    _ = await sink.apply([Fixture.delete("c")])
    #expect(try fixture.text == Fixture.line("a") + Fixture.line("b") + Fixture.line("c"))
    let mode = try FileManager.default.attributesOfItem(atPath: fixture.path)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
  }

  @Test func `what the file held stays`() async throws {
    let fixture = try Fixture()
    try fixture.write(Fixture.line("a"))
    _ = await (try fixture.openSink()).apply([Fixture.delete("b")])
    #expect(try fixture.text == Fixture.line("a") + Fixture.line("b"))
  }

  @Test(arguments: [
    ("", ""), ("torn", ""), ("whole\n", "whole\n"), ("whole\ntorn", "whole\n"), ("\n", "\n"), ("a\n\ntorn", "a\n\n"),
    (String(repeating: "x", count: 200_000), ""),
    ("a\n" + String(repeating: "x", count: 200_000), "a\n"),
  ])
  func `a line that a crash cut short is removed`(before: String, after: String) async throws {
    let fixture = try Fixture()
    try fixture.write(before)
    _ = try await fixture.openSink()
    #expect(try fixture.text == after)
  }

  @Test func `an operation of unknown outcome is written again only if its line is missing`() async throws {
    let fixture = try Fixture()
    try fixture.write(Fixture.line("a") + Fixture.line("b").dropLast(5))
    let sink = try await fixture.openSink()
    let outcomes = await sink.apply(["a", "b", "c"].map { Fixture.delete($0, again: true) })
    #expect(outcomes == Array(repeating: OperationOutcome.done(remoteID: nil), count: 3))
    #expect(try fixture.text == ["a", "b", "c"].map(Fixture.line).joined())
  }

  @Test func `lines of others do not hide ours`() async throws {
    let fixture = try Fixture()
    try fixture.write(#"{"id":7}"# + "\n" + Fixture.line("a") + "no json\n\n[]\n")
    _ = await (try fixture.openSink()).apply([Fixture.delete("a", again: true)])
    #expect(try fixture.text.hasSuffix("[]\n"))
  }

  @Test func `several batches back are remembered, the distant past is not`() async throws {
    let fixture = try Fixture()
    // Longer than one block of the backward reading.
    try fixture.write((0..<5000).map { Fixture.line("\($0)") }.joined())
    let sink = try await fixture.openSink()
    let size = try fixture.text.utf8.count
    _ = await sink.apply([4999, 4000, 904].map { Fixture.delete("\($0)", again: true) })
    #expect(try fixture.text.utf8.count == size)
    _ = await sink.apply([Fixture.delete("903", again: true)])
    #expect(try fixture.text.hasSuffix(Fixture.line("4999") + Fixture.line("903")))
  }

  @Test func `after a rotation a new file is begun and nothing is written twice`() async throws {
    let fixture = try Fixture()
    let sink = try await fixture.openSink()
    _ = await sink.apply([Fixture.delete("a")])
    try FileManager.default.moveItem(atPath: fixture.path, toPath: fixture.path + ".1")
    try await sink.open()
    _ = await sink.apply([Fixture.delete("a", again: true), Fixture.delete("b")])
    #expect(try fixture.text == Fixture.line("b"))
  }

  @Test func `two sinks cannot share a file`() async throws {
    let fixture = try Fixture()
    let first = try await fixture.openSink()
    await #expect(
      throws: SinkUnavailable(
        "cannot write to \(fixture.path): another process or configuration does; give each a file of its own"
      )
    ) { try await fixture.openSink() }
    await first.close()
    _ = try await fixture.openSink()
  }

  @Test func `a path that cannot be written to is told with its reason and a remedy`() async throws {
    let fixture = try Fixture()
    let folder = fixture.folder.path
    for (path, reason) in [
      ("\(folder)/none/file", "cannot open \(folder)/none/file: No such file or directory; create its folder"),
      (folder, "cannot open \(folder): Is a directory"),
      ("/dev/null", "cannot write to /dev/null: it is no regular file; choose another path"),
    ] {
      await #expect(throws: SinkUnavailable(reason)) { try await FileSink(path: path, time: ManualTime()).open() }
    }
  }

  @Test func `a disk that is full takes nothing back and keeps the file whole`() async throws {
    try await #require(processExitsWith: .success) {
      let fixture = try Fixture()
      let sink = try await fixture.openSink()
      _ = await sink.apply([Fixture.delete("a")])
      let before = try fixture.text

      // A limit of the process stands in for a full disk: the write stops in the middle of the batch.
      signal(SIGXFSZ, SIG_IGN)
      var unlimited = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &unlimited)
      var limit = rlimit(rlim_cur: rlim_t(before.utf8.count + 150), rlim_max: unlimited.rlim_max)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let outcomes = await sink.apply([Fixture.delete("b"), Fixture.delete("c")])
      let reason = SinkUnavailable("cannot write to \(fixture.path): File too large")
      try #require(outcomes == [.unavailable(reason), .unavailable(reason)])
      try #require(try fixture.text == before)

      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &unlimited)
      try #require(await sink.apply([Fixture.delete("b")]) == [.done(remoteID: nil)])
      try #require(try fixture.text == before + Fixture.line("b"))
    }
  }
}
