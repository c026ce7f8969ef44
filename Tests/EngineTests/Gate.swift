/// Holds whoever comes until it is opened.
actor Gate {
  private var isOpen = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var watching: [CheckedContinuation<Void, Never>] = []

  func wait() async {
    for watcher in watching { watcher.resume() }
    watching = []
    if isOpen { return }
    await withCheckedContinuation { waiting.append($0) }
  }
  func untilSomebodyWaits() async {
    if !waiting.isEmpty { return }
    await withCheckedContinuation { watching.append($0) }
  }
  func open() {
    isOpen = true
    for one in waiting { one.resume() }
    waiting = []
  }
}
