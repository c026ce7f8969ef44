package enum ContentType {
  package static let json = "application/json"
  package static let problem = "application/problem+json"
  package static let toml = "application/toml"
  package static let text = "text/plain"
}
