import CCurl

extension Transfer {
  /// The pointer is not retained: the loop's table keeps the transfer until its handle is removed, and libcurl calls only
  /// before that.
  func setCallbacks() throws(HTTPError) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    try unsafe handle.set(CURLOPT_HEADERDATA, pointer: context)
    try unsafe handle.set(CURLOPT_WRITEDATA, pointer: context)
    try unsafe handle.set(CURLOPT_READDATA, pointer: context)

    try unsafe handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let transfer = unsafe Transfer.from(context) else { return 0 }
      return unsafe transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }
    try unsafe handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let transfer = unsafe Transfer.from(context) else { return 0 }
      return unsafe transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }
    try unsafe handle.set(CURLOPT_READFUNCTION) { bytes, size, count, context in
      guard let transfer = unsafe Transfer.from(context) else { return Int(CURL_READFUNC_ABORT) }
      return unsafe transfer.provideBody(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }
}
