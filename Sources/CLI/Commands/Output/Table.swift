/// Columns of text, two spaces apart, cut to what the terminal can show.
struct Table {
  struct Column {
    let heading: String
    var isNumber = false
    var isName = false

    /// Never cut: what a person must be able to type.
    static func name(_ heading: String) -> Column { Column(heading: heading, isName: true) }
    static func text(_ heading: String) -> Column { Column(heading: heading) }
    static func number(_ heading: String) -> Column { Column(heading: heading, isNumber: true) }
  }

  struct Cell: ExpressibleByStringLiteral {
    let text: String
    let tone: Tone

    init(_ text: String, _ tone: Tone = .plain) {
      self.text = text.printable
      self.tone = tone
    }

    init(_ number: Int) { self.init(String(number)) }

    init(stringLiteral text: String) { self.init(text) }
  }

  let columns: [Column]
  var rows: [[Cell]]

  /// - Parameter width: columns of the terminal; nil cuts nothing.
  func render(width: Int?, style: Style) -> String {
    let widths = widths(within: width)
    let heading = columns.map { Cell($0.heading, .heading) }
    return ([heading] + rows).map { line($0, widths, style) }.joined(separator: "\n")
  }

  private static let gap = 2
  /// Below this a column says nothing any more; the line is left to wrap instead.
  private static let leastWidth = 8

  private func widths(within limit: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      max(columns[index].heading.count, rows.map { $0[index].text.count }.max() ?? 0)
    }
    guard let limit else { return widths }
    let gaps = Self.gap * (columns.count - 1)
    // Numbers and names are never cut. Of the texts, the widest gives way first.
    while widths.reduce(gaps, +) > limit {
      guard
        let widest = columns.indices.filter({
          !columns[$0].isNumber && !columns[$0].isName && widths[$0] > Self.leastWidth
        })
        .max(by: { widths[$0] < widths[$1] })
      else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let text = cell.text.count > widths[index] ? cell.text.prefix(widths[index] - 1) + "…" : cell.text[...]
      let padding = String(repeating: " ", count: widths[index] - text.count)
      let styled = style.apply(cell.tone, to: String(text))
      let isLast = index == cells.count - 1
      if columns[index].isNumber {
        line += padding + styled
      } else {
        line += isLast ? styled : styled + padding
      }
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    return line
  }
}
