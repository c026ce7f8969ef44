import ControlAPI
import FoundationEssentials
import Hummingbird
import NIOCore

/// A request whose caller is known and may make it.
struct ControlRequest: Sendable {
  let request: Request
  let rights: Rights
  let parameters: Parameters
  let limits: ControlLimits

  /// The configuration that the path names.
  func name() throws -> String {
    guard let name = parameters.get(Endpoint.nameParameter), Route.isConfigurationName(name) else {
      throw ControlProblem.invalidName
    }
    return name
  }

  /// Another word than `true` and `false` is refused: `preview=1` must not be taken for a change that is wanted.
  func flag(_ name: String) throws -> Bool {
    switch request.uri.queryParameters[values: name[...]] {
    case []: false
    case ["true"]: true
    case ["false"]: false
    default: throw ControlProblem.notAFlag(name)
    }
  }

  /// What a restart is to forget; nothing when the request does not say.
  func resets() throws -> Set<Reset> {
    do {
      return try Reset.set(from: request.uri.queryParameters[values: QueryParameter.reset[...]])
    } catch {
      throw ControlProblem.unknownReset(error.word)
    }
  }

  /// How many entries of a list are wanted: 1 to 10,000, and 100 when the request does not say.
  func limit() throws -> Int {
    guard let text = query(QueryParameter.limit) else { return 100 }
    guard let limit = Int(text), (1...10_000).contains(limit) else { throw ControlProblem.notALimit }
    return limit
  }

  func holdsDecision() async throws -> HoldsDecision {
    guard mediaType == ContentType.json else { throw ControlProblem.wrongMediaType(allowed: [ContentType.json]) }
    return try decode(HoldsDecision.self, from: await body())
  }

  func query(_ name: String) -> String? {
    request.uri.queryParameters[name[...]].map(String.init)
  }

  /// A configuration as TOML, whichever way it was sent.
  func configuration() async throws -> String {
    switch mediaType {
    case ContentType.toml, ContentType.text: return try text(of: await body())
    case ContentType.json: return try newConfiguration(from: await body()).toml
    default: throw ControlProblem.wrongMediaType(allowed: [ContentType.toml, ContentType.json])
    }
  }

  /// Nil when the request has no body.
  func optionalConfiguration() async throws -> String? {
    request.hasBody ? try await configuration() : nil
  }

  /// In lower case, without its parameters (RFC 9110 section 8.3.1).
  private var mediaType: String? {
    request.headers[.contentType]?
      .split(separator: ";", maxSplits: 1).first
      .map { $0.filter { !$0.isWhitespace }.lowercased() }
  }

  private func text(of body: [UInt8]) throws -> String {
    guard !body.isEmpty else { throw ControlProblem.emptyBody }
    guard let text = String(validating: body, as: UTF8.self) else { throw ControlProblem.notText }
    return text
  }

  private func newConfiguration(from body: [UInt8]) throws -> NewConfiguration {
    try decode(NewConfiguration.self, from: body)
  }

  private func decode<Message: Decodable>(_ type: Message.Type, from body: [UInt8]) throws -> Message {
    do {
      return try ControlJSON.decode(type, from: body)
    } catch let error as DecodingError {
      throw ControlProblem.malformedJSON(error.sentence)
    }
  }

  private func body() async throws -> [UInt8] {
    let limit = limits.bodySize
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw ControlProblem.bodyTooLarge(limit: limit)
    }
    let (body, bodyTime) = (request.body, limits.bodyTime)
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        do {
          return Array(try await body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
          throw ControlProblem.bodyTooLarge(limit: limit)
        }
      }
      group.addTask {
        try await Task.sleep(for: bodyTime)
        throw ControlProblem.bodyTooSlow
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }
}

extension Request {
  /// RFC 9112 section 6.3.
  var hasBody: Bool {
    headers.contains(.transferEncoding) || (headers[.contentLength] ?? "0") != "0"
  }
}
