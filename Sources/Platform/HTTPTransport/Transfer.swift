import CCurl

/// One exchange: the request, what has arrived of the answer, and who waits for it.
final class Transfer {
  /// Of all header lines together; an answer beyond that is no honest one.
  static let maximumHeadSize = 256 << 10

  let id: UInt64
  let request: HTTPRequest
  let handle: EasyHandle
  let idleLimit: Duration
  private var continuation: Inbox.Continuation?

  /// What libcurl does not copy and therefore must live as long as the transfer.
  let memory = TransferMemory()

  private var headers: [HTTPHeader] = []
  private var headSize = 0
  private var body: [UInt8] = []
  private var bodySent = 0
  /// Why a callback of ours ended the transfer; libcurl only knows that one did.
  private var refusal: HTTPError?

  init(
    id: UInt64,
    request: HTTPRequest,
    handle: EasyHandle,
    idleLimit: Duration,
    continuation: Inbox.Continuation
  ) {
    self.id = id
    self.request = request
    self.handle = handle
    self.idleLimit = idleLimit
    self.continuation = continuation
  }

  /// Only the first call counts.
  func finish(_ outcome: Result<HTTPResponse, any Error>) {
    continuation?.resume(with: outcome)
    continuation = nil
  }

  func outcome(of code: CURLcode) -> Result<HTTPResponse, any Error> {
    if let refusal { return .failure(refusal) }
    guard code == CURLE_OK else {
      let error = HTTPError(
        code,
        host: HTTPOrigin(request.url)?.host ?? "the server",
        detail: memory.errorText,
        wasNotSent: handle.requestBytesSent == 0
      )
      return .failure(error)
    }
    return .success(HTTPResponse(status: handle.status, headers: headers, body: body))
  }

  // MARK: What libcurl calls, through Transfer+Callbacks

  /// Takes one header line; false ends the transfer.
  func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headSize += line.count
    guard headSize <= Self.maximumHeadSize else {
      return refuse(.interrupted, "the headers of the answer exceed \(Self.maximumHeadSize >> 10) KiB")
    }
    let text = unsafe String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      // A new status line: what came before was an interim answer (1xx).
      headers = []
    } else if body.isEmpty, let header = HTTPHeader(line: text) {
      // After the body come trailers, which nobody here asks for.
      headers.append(header)
    }
    return true
  }

  /// Takes a piece of the decoded body; false ends the transfer.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= request.maximumBodySize - body.count else {
      return refuse(.bodyTooLarge, "the body of the answer exceeds \(request.maximumBodySize) bytes")
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// Copies the next piece of the request body and gives its size, zero at the end.
  func provideBody(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let source = request.body else { return 0 }
    let piece = source[bodySent..<min(source.count, bodySent + buffer.count)]
    unsafe buffer.copyBytes(from: piece)
    bodySent += piece.count
    return piece.count
  }

  private func refuse(_ kind: HTTPError.Kind, _ reason: String) -> Bool {
    let host = HTTPOrigin(request.url)?.host ?? "the server"
    refusal = HTTPError(kind, "\(host): \(reason)", wasNotSent: false)
    return false
  }
}
