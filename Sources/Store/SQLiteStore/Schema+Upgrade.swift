import GRDB

extension Schema {
  /// Brings the database to the last migration, each in a transaction of its own.
  static func upgrade(_ pool: DatabasePool, path: String) throws {
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    let applied = try pool.read { try migrator.appliedIdentifiers($0) }
    let unknown = applied.subtracting(migrations.map(\.name)).sorted()
    guard unknown.isEmpty else { throw StoreError.newer(path: path, migrations: unknown) }
    try migrator.migrate(pool)
  }

  /// Throws unless the file is a store, is empty, or was left by a crash before the first migration.
  static func refuseForeign(_ database: Database, path: String) throws {
    let owner = try Int64.fetchOne(database, sql: "PRAGMA application_id")
    let tables = try Int.fetchOne(
      database,
      sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'"
    )
    guard owner == applicationID || (owner == 0 && tables == 0) else { throw StoreError.foreign(path: path) }
  }
}
