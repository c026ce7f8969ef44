import Commands
import Glibc

@main
struct AdprovCtlMain {
  static func main() async {
    exit(await AdprovCtl.runOnThisHost(Array(CommandLine.arguments.dropFirst())))
  }
}
