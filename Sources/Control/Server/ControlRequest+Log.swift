import ControlAPI
import Hummingbird

extension ControlRequest {
  func logRequest() throws -> LogRequest {
    do {
      return try LogRequest(parameters: request.uri.queryParameters)
    } catch {
      throw ControlProblem.wrongParameter(error)
    }
  }

  func runsLimit() throws -> Int {
    do {
      return try RunsRequest.limit(parameters: request.uri.queryParameters)
    } catch {
      throw ControlProblem.wrongParameter(error)
    }
  }
}
