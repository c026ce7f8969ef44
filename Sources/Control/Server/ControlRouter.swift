import ControlAPI
import HTTPTypes
import Hummingbird
import Logging

/// Puts access control and journalling in front of every endpoint, and an answer behind every path.
struct ControlRouter {
  let endpoints: [Endpoint]
  let policy: AccessPolicy
  let limits: ControlLimits
  let logger: Logger

  func build() -> Router<ControlContext> {
    let router = Router(context: ControlContext.self)
    router.add(middleware: ProblemMiddleware(limits: limits))
    for endpoint in endpoints {
      router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
        try await answer(request, context, at: endpoint)
      }
    }
    refuseOtherMethods(router)
    return router
  }

  /// Rights are settled before anything of the body is read.
  private func answer(
    _ request: Request,
    _ context: ControlContext,
    at endpoint: Endpoint
  ) async throws -> Response {
    let peer = try await Peer(connectedTo: context.channel)
    let rights = policy.rights(of: peer)
    guard rights >= endpoint.needs else {
      let action = endpoint.change ?? "\(endpoint.method.rawValue) \(endpoint.path)"
      await record("Control request refused", peer, action, context)
      throw ControlProblem.forbidden(needing: endpoint.needs)
    }
    let request = ControlRequest(request: request, rights: rights, parameters: context.parameters, limits: limits)
    if let change = try endpoint.change(by: request) {
      await record("Change requested over the control socket", peer, change, context)
    }
    return try await endpoint.answer(request)
  }

  private func record(
    _ message: Logger.Message,
    _ peer: Peer,
    _ action: String,
    _ context: ControlContext
  ) async {
    var metadata: Logger.Metadata = [
      "action": "\(action)",
      "uid": "\(peer.user)",
      "pid": "\(peer.process)",
      "login": "\(await AccountDatabase.loginName(of: peer.user) ?? "unknown")",
    ]
    // Only what is a name: the path is the caller's text.
    if let name = context.parameters.get(Endpoint.nameParameter), Route.isConfigurationName(name) {
      metadata["configuration"] = "\(name)"
    }
    logger.notice(message, metadata: metadata)
  }

  private func refuseOtherMethods(_ router: Router<ControlContext>) {
    let methods: [HTTPRequest.Method] = [.get, .head, .put, .post, .patch, .delete, .options]
    for (path, endpoints) in Dictionary(grouping: endpoints, by: \.path) {
      let allowed = endpoints.map(\.method)
      for method in methods where !allowed.contains(method) {
        router.on(RouterPath(path), method: method) { _, _ -> Response in
          throw WrongMethod(allowed: allowed.map(\.rawValue).sorted())
        }
      }
    }
  }
}
