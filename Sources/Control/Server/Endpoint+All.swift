import ControlAPI
import HTTPTypes
import Hummingbird
import ServiceLifecycle

extension Endpoint {
  /// The whole API. Each entry decodes, calls the backend and encodes; nothing is decided here.
  static func all(of backend: any ControlBackend) -> [Endpoint] {
    let name = ":\(nameParameter)"
    return [
      Endpoint(.get, Route.health, needs: .observe) { request in
        let health = await backend.health()
        return try Response(
          request.rights >= .operate ? health : health.redacted,
          status: health.isGood ? .ok : .serviceUnavailable
        )
      },
      Endpoint(.get, Route.status, needs: .operate) { _ in
        try Response(await backend.status())
      },
      Endpoint(.get, Route.configurations, needs: .operate) { _ in
        try Response(ConfigurationList(configurations: await backend.configurations()))
      },
      Endpoint(.get, Route.configuration(name), needs: .operate) { request in
        try Response(await backend.configuration(request.name()))
      },
      Endpoint(.put, Route.configuration(name), needs: .operate, change: "put-configuration") { request in
        let result = try await backend.put(
          request.configuration(),
          as: request.name(),
          replacing: request.flag(QueryParameter.replace)
        )
        return try Response(result.detail, status: result.isNew ? .created : .ok)
      },
      Endpoint(.post, Route.enable(name), needs: .operate, change: "enable-configuration") { request in
        try Response(await backend.setEnabled(true, of: request.name()))
      },
      Endpoint(.post, Route.disable(name), needs: .operate, change: "disable-configuration") { request in
        try Response(await backend.setEnabled(false, of: request.name()))
      },
      Endpoint(.post, Route.restart(name), needs: .operate, change: "restart") { request in
        try await restart(request, on: backend)
      },
      Endpoint(.post, Route.check, needs: .operate) { request in
        try Response(
          await backend.check(request.optionalConfiguration(), file: request.query(QueryParameter.file))
        )
      },
      Endpoint(.post, Route.reload, needs: .reload, change: "reload") { _ in
        try Response(await backend.reload())
      },
    ]
  }

  private static func restart(_ request: ControlRequest, on backend: any ControlBackend) async throws -> Response {
    let name = try request.name()
    guard request.flag(QueryParameter.wait) else {
      return try Response(await backend.restart(name, wait: false), status: .accepted)
    }
    // The wait ends with the caller or with the daemon, whichever goes first; the run does not.
    let answer = try await request.request.body.consumeWithCancellationOnInboundClose { _ in
      try await cancelWhenGracefulShutdown { try await backend.restart(name, wait: true) }
    }
    var response = try Response(answer)
    response.headers[.connection] = "close"
    return response
  }
}
