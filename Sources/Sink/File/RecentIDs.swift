/// The ids of the last operations written. Bounded: only operations of the last few batches can have an unknown outcome.
struct RecentIDs {
  static let capacity = 4096

  private var ids: Set<String> = []
  private var order: [String] = []
  private var oldest = 0

  func contains(_ id: String) -> Bool { ids.contains(id) }

  mutating func insert(_ id: String?) {
    guard let id, ids.insert(id).inserted else { return }
    guard order.count == Self.capacity else {
      order.append(id)
      return
    }
    ids.remove(order[oldest])
    order[oldest] = id
    oldest = (oldest + 1) % Self.capacity
  }
}
