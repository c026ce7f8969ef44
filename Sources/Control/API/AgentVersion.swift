/// The version that daemon and command line of one build share.
package enum AgentVersion {
  package static let current = "0.1.0"
}
