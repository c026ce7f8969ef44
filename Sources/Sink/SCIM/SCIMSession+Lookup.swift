import Engine
import HTTPTransport
import Model

extension SCIMSession {
  /// The resources whose attribute equals the value, in what the service answers to a filter; nil when it cannot be asked
  /// so. Services exist that answer a filter they do not support with everything they have.
  func find(
    _ kind: ResourceKind,
    _ attribute: TargetPath,
    _ value: String
  ) async throws(SCIMFailure) -> [RemoteResource]? {
    let filter = "\(attribute.text) eq \(value.filterLiteral)"
    let answer = try await client.send("GET", "\(kind.collection)?filter=\(filter.percentEncoded)")
    if answer.status == 404 || answer.status == 405 {
      throw .unavailable("\(client.endpoint) has no /\(kind.collection) (HTTP \(answer.status)); check the URL")
    }
    guard answer.isSuccess, let json = answer.json, let listed = json["Resources"]?.elements ?? json.elements else {
      // No resources at all may be left out of a list (RFC 7644 section 3.4.2).
      return answer.isSuccess && answer.json?["totalResults"] == .integer(0) ? [] : nil
    }
    return listed.compactMap(RemoteResource.init).filter { $0.matches(attribute, value) }
  }
}

extension RemoteResource {
  private static let ignoringCase: Set<TargetPath> = [.externalID, .userName]

  fileprivate func matches(_ attribute: TargetPath, _ value: String) -> Bool {
    guard let shown = json[attribute.text]?.text else { return false }
    return Self.ignoringCase.contains(attribute) ? shown.lowercased() == value.lowercased() : shown == value
  }
}

extension TargetPath {
  static let externalID: TargetPath = "externalId"
}
