import FoundationEssentials

/// A parameter that is not known, is given twice, or has a value that is not allowed.
package struct WrongParameter: Error, Equatable {
  package let name: String
  package let remedy: String
}

extension LogRequest {
  /// Reads the parameters of a request, whose names and values were written by anybody.
  ///
  /// - Throws: for the first that is wrong. None is ignored, for a filter that is misspelt would show too much.
  package init(parameters: some Sequence<(key: Substring, value: Substring)>) throws(WrongParameter) {
    var seen: Set<Substring> = []
    for (name, value) in parameters {
      guard let word = Word(rawValue: String(name.prefix(16))) else {
        let names = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw WrongParameter(name: String(name.prefix(64)), remedy: "Use \(names).")
      }
      let isNew = seen.insert(name).inserted
      guard isNew, value.utf8.count <= 64, read(word, value) else {
        throw WrongParameter(name: word.rawValue, remedy: "Give it once: \(word.rule).")
      }
    }
    if after != nil && before != nil {
      throw WrongParameter(name: Word.before.rawValue, remedy: "Give either after or before.")
    }
  }

  private enum Word: String, CaseIterable {
    case after, before, since, object, action, status, run, limit, wait

    var rule: String {
      switch self {
      case .after, .before: "the id of an entry"
      case .since: "a time such as 2026-01-31T12:00:00Z, or how long ago, such as 2h"
      case .object: "an objectGUID"
      case .action: LogPage.Action.allCases.map(\.rawValue).joined(separator: " or ")
      case .status: LogPage.Status.allCases.map(\.rawValue).joined(separator: " or ")
      case .run: "the number of a run"
      case .limit: "a number from 1 to \(largestLimit)"
      case .wait: "at most \(longestWait)s"
      }
    }
  }

  private mutating func read(_ word: Word, _ value: Substring) -> Bool {
    switch word {
    case .after: assign(wholeNumber(value), to: \.after)
    case .before: assign(wholeNumber(value), to: \.before)
    case .since: assign(Since(value), to: \.since)
    case .object: assign(Self.guid(value), to: \.object)
    case .action: assign(LogPage.Action(rawValue: String(value)), to: \.action)
    case .status: assign(LogPage.Status(rawValue: String(value)), to: \.status)
    case .run: assign(wholeNumber(value), to: \.run)
    case .limit:
      assign(wholeNumber(value).flatMap { (1...Int64(Self.largestLimit)) ~= $0 ? Int($0) : nil }, to: \.limit)
    case .wait: assign(seconds(value).flatMap { $0 <= Self.longestWait ? $0 : nil }, to: \.wait)
    }
  }

  private mutating func assign<Value>(_ value: Value?, to member: WritableKeyPath<LogRequest, Value?>) -> Bool {
    self[keyPath: member] = value
    return value != nil
  }

  /// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`; nil for anything else.
  package static func guid(_ text: some StringProtocol) -> String? {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.joined().utf8.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
    else { return nil }
    return text.lowercased()
  }
}

extension LogRequest.Since {
  /// RFC 3339, or how long ago: `90s`, `30m`, `2h`, `7d`.
  package init?(_ text: some StringProtocol) {
    if let seconds = seconds(text) {
      self = .ago(seconds)
    } else if text.utf8.count <= 40, let date = try? Date(String(text), strategy: .iso8601) {
      self = .date(date)
    } else {
      return nil
    }
  }

  var text: String {
    switch self {
    case .date(let date): date.formatted(.iso8601)
    case .ago(let seconds): "\(seconds)s"
    }
  }
}

extension LogRequest {
  /// The query of a URL, with its question mark; nothing without parameters.
  package var query: String {
    let all: [(Word, String?)] = [
      (.after, after.map { "\($0)" }), (.before, before.map { "\($0)" }), (.since, since?.text), (.object, object),
      (.action, action?.rawValue), (.status, status?.rawValue), (.run, run.map { "\($0)" }),
      (.limit, limit.map { "\($0)" }), (.wait, wait.map { "\($0)s" }),
    ]
    let given = all.compactMap { word, value in value.map { "\(word.rawValue)=\($0)" } }
    return given.isEmpty ? "" : "?" + given.joined(separator: "&")
  }
}

/// Digits and nothing else.
func wholeNumber(_ text: some StringProtocol) -> Int64? {
  text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
}

/// Up to a hundred years: what is read as days must be readable again as the seconds that it is written in.
private func seconds(_ text: some StringProtocol) -> Int? {
  let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
  let longest = 36_525 * 86_400
  guard let unit = text.last.flatMap({ units[$0] }), let count = wholeNumber(text.dropLast()),
    count <= longest / unit
  else { return nil }
  return Int(count) * unit
}
