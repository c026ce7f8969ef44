import Engine
import Model

/// The operations that bring a resource to its wanted state, as exactly as is known what the service holds.
struct PatchPlan {
  private(set) var operations: [PatchOperation] = []
  private let wanted: Resource
  private let shown: RemoteResource?
  private var handled: Set<SCIMPath> = []

  /// - Parameters:
  ///   - shown: the resource as the service holds it. Without it every element that a filter picks is taken to be there,
  ///     and a strict service answers noTarget when it is not.
  ///   - whole: attributes to replace as a whole, possible only where `shown` is given.
  init(
    _ changes: [AttributeChange],
    wanted: Resource,
    shown: RemoteResource?,
    whole: Set<SCIMPath>
  ) throws(SCIMFailure) {
    self.wanted = wanted
    self.shown = shown
    for change in changes {
      let path = try SCIMPath.parsed(change.path)
      if let shown, path.filter != nil, whole.contains(path.whole) {
        replaceWhole(path.whole, shown: shown, changes: changes)
      } else if path.filter != nil {
        changeElement(path, to: change.new)
      } else if let new = change.new {
        operations.append(PatchOperation(.replace, path.text, new.json))
      } else if shown?.holds(path) != false {
        operations.append(PatchOperation(.remove, path.text))
      }
    }
  }

  private mutating func changeElement(_ path: SCIMPath, to new: ResourceValue?) {
    let element = ResourceDocument.element(of: path, in: wanted)
    let isThere = shown?.holds(path) != false
    switch (new, element, isThere) {
    case (let new?, _, true):
      operations.append(PatchOperation(.replace, path.text, new.json))
    case (_?, _, false):
      guard handled.insert(path.element).inserted else { return }
      operations.append(PatchOperation(.add, path.whole.text, .array([element])))
    case (nil, .null, true):
      // Nothing of it is wanted any more.
      guard handled.insert(path.element).inserted else { return }
      operations.append(PatchOperation(.remove, path.element.text))
    case (nil, _, true):
      operations.append(PatchOperation(.remove, path.text))
    case (nil, _, false): break
    }
  }

  /// Keeps the elements that are not ours and what else the service says of those that are.
  private mutating func replaceWhole(_ attribute: SCIMPath, shown: RemoteResource, changes: [AttributeChange]) {
    guard handled.insert(attribute).inserted else { return }
    var elements = shown.elements(of: attribute)
    let ours = Set(changes.compactMap { SCIMPath($0.path) }.filter { $0.whole == attribute }.map(\.element))
    for path in ours.sorted(by: { $0.text < $1.text }) {
      guard let filter = path.filter else { continue }
      let present = elements.first(where: filter.picks)
      elements.removeAll(where: filter.picks)
      guard case .object(var members) = ResourceDocument.element(of: path, in: wanted) else { continue }
      if case .object(let known) = present { members.merge(known) { mine, _ in mine } }
      elements.append(.object(members))
    }
    operations.append(
      elements.isEmpty
        ? PatchOperation(.remove, attribute.text) : PatchOperation(.replace, attribute.text, .array(elements))
    )
  }
}
