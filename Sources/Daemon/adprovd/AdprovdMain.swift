import Assembly

@main
enum AdprovdMain {
  static func main() async {
    await DaemonCommand.runOnThisHost()
  }
}
