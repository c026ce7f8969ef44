extension AppendOnlyFile {
  private static let newline = UInt8(ascii: "\n")
  private static let block = 64 << 10
  /// How far back the last lines are looked for.
  private static let farthest = 16 << 20

  /// Removes what follows the last line break: the rest of a line that a crash cut short.
  func cutTornLine() throws(FileFailure) {
    let size = try size()
    var start = size
    while start > 0 {
      let count = min(Self.block, start)
      let bytes = try read(count, at: start - count)
      start -= count
      if let last = bytes.lastIndex(of: Self.newline) {
        if start + last + 1 < size { try truncate(to: start + last + 1) }
        return
      }
    }
    if size > 0 { try truncate(to: 0) }
  }

  /// The last complete lines, oldest first, without their line breaks; bounded in bytes as well.
  func lastLines(atMost limit: Int) throws(FileFailure) -> [ArraySlice<UInt8>] {
    let size = try size()
    var start = size
    var blocks: [[UInt8]] = []
    var lineBreaks = 0
    // One more than wanted, so that the first of them begins with its beginning.
    while start > 0, lineBreaks <= limit, size - start < Self.farthest {
      let count = min(Self.block, start)
      start -= count
      let bytes = try read(count, at: start)
      lineBreaks += bytes.count { $0 == Self.newline }
      blocks.append(bytes)
    }
    var lines = blocks.reversed().flatMap(\.self).split(separator: Self.newline)
    if start > 0, !lines.isEmpty { lines.removeFirst() }
    return lines.suffix(limit)
  }
}
