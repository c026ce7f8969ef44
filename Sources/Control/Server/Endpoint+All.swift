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
          replacing: try request.flag(QueryParameter.replace)
        )
        return try Response(result.detail, status: result.isNew ? .created : .ok)
      },
      Endpoint(.post, Route.enable(name), needs: .operate, change: "enable-configuration") { request in
        try Response(await backend.setEnabled(true, of: request.name()))
      },
      Endpoint(.post, Route.disable(name), needs: .operate, change: "disable-configuration") { request in
        try Response(await backend.setEnabled(false, of: request.name()))
      },
      restart(name, on: backend),
      reconcile(name, on: backend),
      Endpoint(.get, Route.holds(name), needs: .operate) { request in
        try Response(await backend.holds(request.name(), limit: request.limit()))
      },
      Endpoint(.post, Route.holds(name), needs: .operate, change: "decide-holds") { request in
        try Response(await backend.decide(request.holdsDecision(), about: request.name()))
      },
      log(name, on: backend),
      Endpoint(.get, Route.runs(name), needs: .operate) { request in
        try Response(await backend.runs(request.name(), limit: request.runsLimit()))
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

  private static func restart(_ path: String, on backend: any ControlBackend) -> Endpoint {
    let change = "restart"
    return Endpoint(.post, Route.restart(path), needs: .operate, change: change) { request in
      guard try !request.flag(QueryParameter.preview) else { return nil }
      let resets = try request.resets().map(\.rawValue).sorted()
      return resets.isEmpty ? change : "\(change) resetting \(resets.joined(separator: ","))"
    } answer: { request in
      let (name, resets, wait) = (try request.name(), try request.resets(), try request.flag(QueryParameter.wait))
      if try request.flag(QueryParameter.preview) {
        return try Response(await backend.previewRestart(name, resetting: resets))
      }
      guard wait else {
        return try Response(await backend.restart(name, resetting: resets, wait: false), status: .accepted)
      }
      return try await whileConnected(request) { try await backend.restart(name, resetting: resets, wait: true) }
    }
  }

  private static func reconcile(_ path: String, on backend: any ControlBackend) -> Endpoint {
    let change = "reconcile"
    return Endpoint(.post, Route.reconcile(path), needs: .operate, change: change) { request in
      try request.flag(QueryParameter.repair) ? "\(change) repairing" : change
    } answer: { request in
      let (name, isRepairing) = (try request.name(), try request.flag(QueryParameter.repair))
      return try await whileConnected(request) { try await backend.reconcile(name, isRepairing: isRepairing) }
    }
  }

  private static func log(_ path: String, on backend: any ControlBackend) -> Endpoint {
    Endpoint(.get, Route.log(path), needs: .operate) { request in
      let (name, wanted) = (try request.name(), try request.logRequest())
      guard wanted.wait ?? 0 > 0 else { return try Response(await backend.log(name, wanted)) }
      return try await whileConnected(request) { try await backend.log(name, wanted) }
    }
  }

  /// The wait for a run ends with the caller or with the daemon, whichever goes first; the run does not.
  private static func whileConnected(
    _ request: ControlRequest,
    _ wait: @escaping @Sendable () async throws -> some Encodable & Sendable
  ) async throws -> Response {
    let answer = try await request.request.body.consumeWithCancellationOnInboundClose { _ in
      try await cancelWhenGracefulShutdown { try await wait() }
    }
    var response = try Response(answer)
    response.headers[.connection] = "close"
    return response
  }
}
