import ControlAPI

extension CheckReport.Finding {
  /// As compilers write it, so that editors can follow: `file:line: key: message. Remedy`.
  func line(in style: Style) -> String {
    let place = line.map { "\(file):\($0)" } ?? file
    let words = [key, message].compactMap(\.self).joined(separator: ": ")
    let sentence = words.last == "." ? words : words + "."
    return style.apply(.heading, to: "\(place.printable):") + " \(sentence)\(remedy.map { " \($0)" } ?? "")".printable
  }
}
