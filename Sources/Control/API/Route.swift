/// Paths of the API; `docs/openapi.yaml` describes what is behind them.
package enum Route {
  package static let health = "/v1/health"
  package static let status = "/v1/status"
  package static let configurations = "/v1/configurations"
  package static let check = "/v1/check"
  package static let reload = "/v1/reload"

  /// The name of a configuration is written into the path as it is: nothing allowed in it needs escaping.
  package static func configuration(_ name: String) -> String { "\(configurations)/\(name)" }
  package static func enable(_ name: String) -> String { "\(configuration(name))/enable" }
  package static func disable(_ name: String) -> String { "\(configuration(name))/disable" }
  package static func restart(_ name: String) -> String { "\(configuration(name))/restart" }
  package static func holds(_ name: String) -> String { "\(configuration(name))/holds" }
  package static func reconcile(_ name: String) -> String { "\(configuration(name))/reconcile" }
  package static func log(_ name: String) -> String { "\(configuration(name))/log" }
  package static func runs(_ name: String) -> String { "\(configuration(name))/runs" }
}
