import Engine

extension SCIMClient {
  /// Asks whether there is a SCIM service that accepts the token, by a look at one user.
  ///
  /// ServiceProviderConfig would not tell: some services show it to anybody, some to nobody, and some have none. What may
  /// pass by itself, such as a pause, is left to the operations, which can wait.
  func probe() async throws(SinkUnavailable) {
    do throws(SCIMFailure) {
      let users = try await send("GET", "Users?startIndex=1&count=1")
      if users.status == 404 { throw .unavailable("\(endpoint) has no /Users (HTTP 404); check the URL") }
    } catch {
      if case .unavailable(let reason) = error { throw reason }
    }
  }
}
