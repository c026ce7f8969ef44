import Model

/// Writes the fixed-width fields of Microsoft's structures.
struct LittleEndianWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ part: some Sequence<UInt8>) { bytes.append(contentsOf: part) }

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    for shift in 0..<Number.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
  }
}

/// Reads them; nil once there are not enough bytes.
struct LittleEndianReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var count: Int { rest.count }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    take(Number.bitWidth / 8)?.reversed().reduce(into: Number.zero) { $0 = $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  mutating func guid() -> GUID? { take(16).flatMap { GUID(bytes: $0) } }
}
