import Model

/// Reads the fixed-width fields of Microsoft's structures from a stranger's bytes; nil once they do not suffice.
struct LittleEndianBytes {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

  var count: Int { rest.count }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
    take(Number.bitWidth / 8)?.reversed().reduce(into: Number.zero) { $0 = $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  mutating func guid() -> GUID? { take(16).flatMap { GUID(bytes: $0) } }
}
