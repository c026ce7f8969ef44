import Engine
import FileSink
import Foundation
import Model
import TestSupport

/// Reads the file as a consumer would: line by line, each applied to what was there before.
struct FileSinkSubject: SinkSubject {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "adprov-file-sink-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  func makeSink() -> any Sink { FileSink(path: path.path, time: ManualTime()) }

  func end() async { try? FileManager.default.removeItem(at: folder) }

  func held(_ kind: ResourceKind, _ guid: GUID) async throws -> [HeldObject] {
    guard FileManager.default.fileExists(atPath: path.path) else { return [] }
    var held: [HeldObject] = []
    for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
      let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      guard line.guid == guid.description, line.kind == kind.rawValue else { continue }
      switch line.action {
      case "create": held.append(HeldObject(line.resource, members: []))
      case "update": held = held.map { HeldObject(line.resource, members: $0.members) }
      case "delete": held = []
      default:
        held = held.map { object in
          let members = object.members.union(line.ids(line.added)).subtracting(line.ids(line.removed))
          return HeldObject(name: object.name, title: object.title, isActive: object.isActive, members: members)
        }
      }
    }
    return held
  }

  private var path: URL { folder.appending(path: "adprov.jsonl") }

  fileprivate struct Line: Decodable {
    struct Attributes: Decodable {
      let userName: String?
      let displayName: String?
      let title: String?
      let active: Bool?
    }
    struct Member: Decodable { let guid: String }

    let action: String
    let kind: String
    let guid: String
    let resource: Attributes?
    let added: [Member]?
    let removed: [Member]?

    func ids(_ members: [Member]?) -> Set<String> { Set((members ?? []).map(\.guid)) }
  }
}

extension HeldObject {
  fileprivate init(_ resource: FileSinkSubject.Line.Attributes?, members: Set<String>) {
    self.init(
      name: resource?.userName ?? resource?.displayName,
      title: resource?.title,
      isActive: resource?.active,
      members: members
    )
  }
}
