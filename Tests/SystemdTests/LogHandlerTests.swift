import FoundationEssentials
import Glibc
import Logging
import Synchronization
import Testing

@testable import Systemd

@Suite struct `Log handlers` {
  /// Takes what a handler emits.
  final class Recorder<Item: Sendable>: Sendable {
    private let storage = Mutex<[Item]>([])

    var items: [Item] { storage.withLock { $0 } }

    func record(_ item: Item) { storage.withLock { $0.append(item) } }
  }

  @Test func `a line for stderr has time, level, message and sorted metadata`() throws {
    let recorder = Recorder<String>()
    var handler = StandardErrorLogHandler(level: .trace, write: recorder.record)
    handler[metadataKey: "run-id"] = "7"
    let logger = Logger(label: "test") { _ in handler }
    logger.notice("run finished", metadata: ["configuration": "cloud users", "count": "\(12)", "message-id": "abc"])
    let line = try #require(recorder.items.first)
    #expect(line.hasSuffix("Z notice run finished configuration=\"cloud users\" count=12 run-id=7\n"))
    let timestamp = try #require(line.split(separator: " ").first)
    #expect(timestamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
  }

  @Test func `the time of a line is in UTC`() {
    let time = Date(timeIntervalSince1970: 1_700_000_000.25)
    #expect(StandardErrorLogHandler.line(at: time, level: .info, text: "x") == "2023-11-14T22:13:20.250Z info x\n")
  }

  @Test(arguments: [
    ("a\nb", #"a\nb"#), ("a\r\t", #"a\r\t"#), ("\u{1B}[31mred", #"\u{1b}[31mred"#), ("\0", #"\u{0}"#),
    ("x\u{202E}y\u{2028}\u{85}", #"x\u{202e}y\u{2028}\u{85}"#), ("Grüße 日本", "Grüße 日本"),
  ])
  func `no text can write lines of its own`(text: String, escaped: String) {
    #expect(PrintableText.escaping(text) == escaped)
    let line = LogLine.text(message: "\(text)", metadata: [text: "\(text)"])
    #expect(
      line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !"\u{85}\u{2028}\u{202E}".unicodeScalars.contains($0) }
    )
  }

  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("two words", "\"two words\""), ("a=b", "\"a=b\""),
    (#"say "hi" \o/"#, #""say \"hi\" \\o/""#), ("CN=a\nlevel=critical", #""CN=a\nlevel=critical""#),
  ])
  func `a value cannot be taken for two`(value: String, text: String) {
    #expect(PrintableText.value(value) == text)
  }

  @Test func `an entry of the journal has the metadata as fields`() {
    let recorder = Recorder<[JournalField]>()
    var handler = JournalLogHandler(level: .trace, send: recorder.record)
    handler[metadataKey: "run-id"] = "7"
    let logger = Logger(label: "test") { _ in handler }
    logger.warning(
      "operation failed",
      metadata: [
        "configuration": "one", "guid": "7f3c", "operation": "update", "message-id": "0123", "message": "x\ny",
      ]
    )
    #expect(
      recorder.items == [
        [
          JournalField(
            name: "MESSAGE",
            value: #"operation failed configuration=one guid=7f3c message=x\ny operation=update run-id=7"#
          ),
          JournalField(name: "PRIORITY", value: "4"), JournalField(name: "SYSLOG_IDENTIFIER", value: "adprovd"),
          JournalField(name: "CONFIGURATION", value: "one"), JournalField(name: "OBJECT_GUID", value: "7f3c"),
          JournalField(name: "ADPROV_MESSAGE", value: "x\ny"), JournalField(name: "MESSAGE_ID", value: "0123"),
          JournalField(name: "OPERATION", value: "update"), JournalField(name: "RUN_ID", value: "7"),
        ]
      ]
    )
  }

  @Test(arguments: [
    ("run-id", "RUN_ID"), ("guid", "OBJECT_GUID"), ("http.status", "HTTP_STATUS"), ("_PID", "PID"), ("2nd", "ND"),
    ("priority", "ADPROV_PRIORITY"), ("größe", "GR__SSE"), ("=", nil), ("", nil),
  ])
  func `names of fields are those that the journal accepts`(key: String, name: String?) {
    #expect(JournalField(metadataKey: key, value: "x")?.name == name)
  }

  @Test(
    arguments: [
      (.trace, "7"), (.debug, "7"), (.info, "6"), (.notice, "5"), (.warning, "4"), (.error, "3"), (.critical, "2"),
    ] as [(Logger.Level, String)]
  )
  func `levels become priorities`(level: Logger.Level, priority: String) {
    let fields = JournalLogHandler.fields(level: level, message: "x", metadata: [:])
    #expect(fields.contains(JournalField(name: "PRIORITY", value: priority)))
  }

  @Test func `an error of an event and what a provider knows are metadata`() {
    struct Failure: Error, CustomStringConvertible { let description = "no answer" }
    let recorder = Recorder<String>()
    var handler = StandardErrorLogHandler(level: .trace, write: recorder.record)
    handler.metadataProvider = Logger.MetadataProvider { ["run-id": "1", "task": "2"] }
    let event = LogEvent(
      level: .error,
      message: "x",
      error: Failure(),
      metadata: ["run-id": "3"],
      source: "",
      file: "",
      function: "",
      line: 0
    )
    handler.log(event: event)
    #expect(recorder.items.map { $0.hasSuffix(#" error x error="no answer" run-id=3 task=2"# + "\n") } == [true])
  }

  @Test(arguments: [nil, "", "1", "a:b", "1:2:3", "0:0"])
  func `the journal is not used unless stderr leads there`(journalStream: String?) {
    #expect(!Journal.isBehindStandardError(journalStream: journalStream))
  }

  @Test func `the journal is used when stderr leads there`() throws {
    var file = stat()
    try #require(unsafe fstat(2, &file) == 0)
    #expect(Journal.isBehindStandardError(journalStream: "\(file.st_dev):\(file.st_ino)"))
    #expect(!Journal.isBehindStandardError(journalStream: "\(file.st_dev):\(file.st_ino + 1)"))
  }
}
