import Commands
import Synchronization

/// Keeps what is printed, and answers questions from a list; without answers nobody is there to ask.
final class RecordingTerminal: Terminal {
  let isInteractive: Bool
  let width: Int?
  let hasColour: Bool
  private let state: Mutex<State>

  private struct State {
    var output = ""
    var errors = ""
    var questions: [String] = []
    var answers: [String]
  }

  init(answers: [String]? = nil, width: Int? = nil, hasColour: Bool = false) {
    isInteractive = answers != nil
    self.width = width
    self.hasColour = hasColour
    state = Mutex(State(answers: answers ?? []))
  }

  var output: String { state.withLock { $0.output } }
  var errors: String { state.withLock { $0.errors } }
  var questions: [String] { state.withLock { $0.questions } }

  func print(_ text: String) { state.withLock { $0.output += text + "\n" } }

  func printError(_ text: String) { state.withLock { $0.errors += text + "\n" } }

  func ask(_ question: String) -> String? {
    state.withLock { state in
      state.questions.append(question)
      return state.answers.isEmpty ? nil : state.answers.removeFirst()
    }
  }
}
