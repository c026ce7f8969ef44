@testable import ControlAPI
@testable import Engine
import Model

extension FuzzTarget {
  /// Names and values of parameters in turn.
  static let logParameters = FuzzTarget("log-parameters", maximumSize: 256) { input in
    let words = input.parts.map { Substring(decoding: $0, as: UTF8.self) }
    check(stride(from: 0, to: words.count - 1, by: 2).map { (key: words[$0], value: words[$0 + 1]) })
  }

  private static func check(_ parameters: [(key: Substring, value: Substring)]) {
    do {
      let request = try LogRequest(parameters: parameters)
      require((1...LogRequest.largestLimit).contains(request.limit ?? 1), "the limit is within its bounds")
      require((0...LogRequest.longestWait).contains(request.wait ?? 0), "the wait is within its bounds")
      let query = request.query
      require(query.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }, "a query needs no escapes")
      require((try? LogRequest(parameters: read(query))) == request, "the written form reads as the same")
    } catch {
      require(error.name.count <= 64, "what is repeated is bounded")
    }
  }

  private static func read(_ query: String) -> [(key: Substring, value: Substring)] {
    query.dropFirst().split(separator: "&").map { parameter in
      let equals = parameter.firstIndex(of: "=") ?? parameter.endIndex
      return (key: parameter[..<equals], value: parameter[equals...].dropFirst())
    }
  }

  /// The lists of an entry, as a store that may be damaged gives them.
  static let logCoding = FuzzTarget("log-coding", maximumSize: 512) { input in
    if let changes = try? LogEntry.changes(encoded: input.bytes) {
      require(changes.count <= input.bytes.count, "no more than there is room for")
    }
    if let members = try? LoggedMembers(encoded: input.bytes) {
      require((try? LoggedMembers(encoded: members.encoded)) == members, "the written form reads as the same")
    }
  }
}
