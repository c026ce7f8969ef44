/// One lifetime of a replica's data: what an invocationId stands for (MS-ADTS 3.1.1.1.9). Its number is its place in the
/// domain's list, which never shrinks.
package struct Invocation: Hashable, Comparable, Sendable {
  package let number: Int

  package init(number: Int) { self.number = number }

  package static func < (left: Invocation, right: Invocation) -> Bool { left.number < right.number }
}

/// When and where a value was written (AttributeStamp and LinkValueStamp, MS-DRSR 5.11 and 5.119).
package struct Stamp: Sendable {
  package var version: UInt32
  /// Seconds; finer differences do not decide anything in AD.
  package var time: Int64
  package var originator: Invocation
  package var originatingUSN: Int64
  /// Of the replica that holds the value; the only part that does not replicate.
  package var localUSN: Int64

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
package struct UpToDatenessVector: Equatable, Sendable {
  private var cursors: [Int64] = []

  package init() {}

  package subscript(_ invocation: Invocation) -> Int64 {
    get { invocation.number < cursors.count ? cursors[invocation.number] : 0 }
    set {
      while cursors.count <= invocation.number { cursors.append(0) }
      cursors[invocation.number] = newValue
    }
  }

  package func covers(_ stamp: Stamp) -> Bool { self[stamp.originator] >= stamp.originatingUSN }

  package mutating func merge(_ other: UpToDatenessVector) {
    for (invocation, usn) in other.entries where usn > self[invocation] { self[invocation] = usn }
  }

  /// Only those of which anything is known.
  package var entries: [(invocation: Invocation, usn: Int64)] {
    cursors.enumerated().filter { $0.element > 0 }.map { (Invocation(number: $0.offset), $0.element) }
  }
}
