import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Makes every error an `application/problem+json`, and sees to it that a request which was refused does not go on
/// arriving for ever.
struct ProblemMiddleware: RouterMiddleware {
  typealias Context = ControlContext

  let limits: ControlLimits

  func handle(
    _ request: Request,
    context: ControlContext,
    next: @concurrent (Request, ControlContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let problem = problem(for: error, logger: context.logger)
      var response = try Response(problem)
      if let allowed = (error as? WrongMethod)?.allowed {
        response.headers[.allow] = allowed.joined(separator: ", ")
      }
      if request.hasBody { endConnection(of: context, answering: &response) }
      return response
    }
  }

  private func problem(for error: any Error, logger: Logger) -> ControlProblem {
    switch error {
    case let problem as ControlProblem: return problem
    case let wrong as WrongMethod: return .wrongMethod(allowed: wrong.allowed)
    case let error as HTTPError where error.status == .notFound: return .unknownRoute
    case is CancellationError: return .stopping
    default:
      logger.error("Control request failed", metadata: ["error": "\(error)"])
      return .internalError
    }
  }

  /// A body that nobody read is still on its way. The caller gets the time of a body to send it and to read the answer.
  private func endConnection(of context: ControlContext, answering response: inout Response) {
    response.headers[.connection] = "close"
    let channel = context.channel
    _ = channel.eventLoop.scheduleTask(in: TimeAmount(limits.bodyTime)) { channel.close(promise: nil) }
  }
}

/// The path exists; the method does not.
struct WrongMethod: Error {
  let allowed: [String]
}
