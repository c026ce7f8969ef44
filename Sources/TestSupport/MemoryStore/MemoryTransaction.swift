import Engine
import Model

/// The state as one read or write sees it. All changes go through the three methods below, which note how to undo them.
final class MemoryTransaction: StoreWriter {
  private(set) var state: MemoryState
  private var undo: [(inout MemoryState) -> Void] = []

  init(_ state: MemoryState) {
    self.state = state
  }

  func rollBack() {
    for step in undo.reversed() { step(&state) }
    undo = []
  }

  /// Nil removes the row.
  func set<Key, Row>(_ table: WritableKeyPath<MemoryState, [Key: Row]>, _ key: Key, _ row: Row?) {
    let before = state[keyPath: table].updateValue(row, forKey: key)
    undo.append { _ = $0[keyPath: table].updateValue(before, forKey: key) }
  }

  /// True when it was not there.
  @discardableResult
  func insert<Key, Element>(
    _ element: Element,
    into table: WritableKeyPath<MemoryState, [Key: Set<Element>]>,
    _ key: Key
  ) -> Bool {
    guard state[keyPath: table].insert(element, key) else { return false }
    undo.append { _ = $0[keyPath: table].remove(element, key) }
    return true
  }

  /// True when it was there.
  @discardableResult
  func remove<Key, Element>(
    _ element: Element,
    from table: WritableKeyPath<MemoryState, [Key: Set<Element>]>,
    _ key: Key
  ) -> Bool {
    guard state[keyPath: table].remove(element, key) else { return false }
    undo.append { _ = $0[keyPath: table].insert(element, key) }
    return true
  }

  func nextVersion() throws -> Int64 {
    state.lastVersion += 1
    undo.append { $0.lastVersion -= 1 }
    return state.lastVersion
  }
}

extension Dictionary {
  /// Gives the value before; nil stands for no value both ways.
  fileprivate mutating func updateValue(_ value: Value?, forKey key: Key) -> Value? {
    if let value { updateValue(value, forKey: key) } else { removeValue(forKey: key) }
  }

  /// An empty set is no entry, so that the keys tell where there is something.
  fileprivate mutating func insert<Element>(_ element: Element, _ key: Key) -> Bool where Value == Set<Element> {
    self[key, default: []].insert(element).inserted
  }

  fileprivate mutating func remove<Element>(_ element: Element, _ key: Key) -> Bool where Value == Set<Element> {
    guard self[key]?.remove(element) != nil else { return false }
    if self[key]?.isEmpty == true { self[key] = nil }
    return true
  }
}
