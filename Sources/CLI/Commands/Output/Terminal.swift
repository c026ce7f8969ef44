/// Where a verb reads and writes.
package protocol Terminal: Sendable {
  /// There is somebody to ask: input and output both are a terminal.
  var isInteractive: Bool { get }
  /// Columns; nil when output is not a terminal, and lines may be of any length.
  var width: Int? { get }
  var hasColour: Bool { get }

  /// Writes the text and a line feed to the output.
  func print(_ text: String)
  func printError(_ text: String)
  /// - Returns: the line that was typed, without its line feed; nil when input ended.
  func ask(_ question: String) -> String?
}
