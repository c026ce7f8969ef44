import ControlAPI
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  init(
    _ message: some Encodable,
    status: HTTPResponse.Status = .ok,
    mediaType: String = ContentType.json
  ) throws {
    // The line feed is for people with curl.
    let body = try ControlJSON.encode(message) + [UInt8(ascii: "\n")]
    self.init(
      status: status,
      headers: [.contentType: mediaType, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
    )
  }

  init(_ problem: ControlProblem) throws {
    try self.init(
      Problem(
        title: problem.title,
        status: problem.status,
        detail: problem.detail,
        remedy: problem.remedy,
        problems: problem.findings
      ),
      status: HTTPResponse.Status(code: problem.status),
      mediaType: ContentType.problem
    )
  }
}
