import Glibc

/// Standard input, output and error of this process.
struct SystemTerminal: Terminal {
  let isInteractive: Bool
  let width: Int?
  let hasColour: Bool

  init(environment: [String: String]) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    isInteractive = isTerminal && isatty(STDIN_FILENO) == 1
    width = isTerminal ? Self.columns() : nil
    // https://no-color.org: present and not empty.
    hasColour = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  func print(_ text: String) { Self.write(text + "\n", to: STDOUT_FILENO) }

  func printError(_ text: String) { Self.write(text + "\n", to: STDERR_FILENO) }

  func ask(_ question: String) -> String? {
    Self.write(question, to: STDOUT_FILENO)
    return readLine()
  }

  private static func columns() -> Int? {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: CInt) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      // Nobody is left to tell when the output is gone.
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }
}
