package struct ObjectID: Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  package static func < (left: ObjectID, right: ObjectID) -> Bool { left.rawValue < right.rawValue }
}

package struct SourceID: Hashable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct ConfigurationID: Hashable, Comparable, Sendable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  package static func < (left: ConfigurationID, right: ConfigurationID) -> Bool { left.rawValue < right.rawValue }
}
