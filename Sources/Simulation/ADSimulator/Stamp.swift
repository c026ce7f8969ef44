/// One lifetime of a replica's data: what an invocationId stands for (MS-ADTS 3.1.1.1.9). Its number is its place in the
/// domain's list, which never shrinks.
struct Invocation: Hashable, Comparable, Sendable {
  let number: Int

  static func < (left: Invocation, right: Invocation) -> Bool { left.number < right.number }
}

/// When and where a value was written (AttributeStamp and LinkValueStamp, MS-DRSR 5.11 and 5.119).
struct Stamp: Sendable {
  var version: UInt32
  /// Seconds; finer differences do not decide anything in AD.
  var time: Int64
  var originator: Invocation
  var originatingUSN: Int64
  /// Of the replica that holds the value; the only part that does not replicate.
  var localUSN: Int64

  /// Whether its value replaces the other's (MS-DRSR 5.11.1).
  func wins(over other: Stamp) -> Bool {
    if version != other.version { return version > other.version }
    if time != other.time { return time > other.time }
    if originator != other.originator { return originator > other.originator }
    return originatingUSN > other.originatingUSN
  }
}

/// One originating write: what the stamps of all values written by it have in common.
struct Origin: Sendable {
  let invocation: Invocation
  let usn: Int64
  let time: Int64

  func stamp(after previous: Stamp?) -> Stamp {
    Stamp(
      version: (previous?.version ?? 0) + 1,
      time: time,
      originator: invocation,
      originatingUSN: usn,
      localUSN: usn
    )
  }
}

/// Up to which originating USN of each invocation everything is known (MS-DRSR 5.165).
struct UpToDatenessVector: Equatable, Sendable {
  private var cursors: [Int64] = []

  subscript(_ invocation: Invocation) -> Int64 {
    get { invocation.number < cursors.count ? cursors[invocation.number] : 0 }
    set {
      while cursors.count <= invocation.number { cursors.append(0) }
      cursors[invocation.number] = newValue
    }
  }

  func covers(_ stamp: Stamp) -> Bool { self[stamp.originator] >= stamp.originatingUSN }

  mutating func merge(_ other: UpToDatenessVector) {
    for (invocation, usn) in other.entries where usn > self[invocation] { self[invocation] = usn }
  }

  /// Only those of which anything is known.
  var entries: [(invocation: Invocation, usn: Int64)] {
    cursors.enumerated().filter { $0.element > 0 }.map { (Invocation(number: $0.offset), $0.element) }
  }
}
