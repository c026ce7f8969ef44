/// Of migration 1. GUIDs are their 16 bytes, points of time are milliseconds since 1970, flags are 0 or 1.
///
/// Columns of type ANY take text from outside, which may contain NUL and is then kept as a blob: see `ColumnValue`.
extension Schema {
  static let connectorSpace = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE source (
      nc_id INTEGER PRIMARY KEY,
      domain TEXT NOT NULL UNIQUE,
      nc_dn TEXT,
      nc_root_guid BLOB,
      domain_sid BLOB,
      dc_dns ANY,
      invocation_id BLOB,
      controllers BLOB, -- what was last seen of each
      method TEXT,
      cookie_stable BLOB,
      cookie_cycle BLOB,
      cookie_sum INTEGER,
      cookie_time INTEGER,
      cycle_began INTEGER,
      read_until INTEGER, -- when the last complete cycle began
      cookie_covered BLOB,
      covered_since INTEGER,
      cfg_hash ANY,
      gen INTEGER NOT NULL DEFAULT 0,
      cycle_state INTEGER NOT NULL DEFAULT 0, -- 1: a full cycle is under way
      last_full INTEGER,
      full_reason ANY,
      full_due INTEGER -- a full cycle is to begin at the first import after it
    ) STRICT;

    CREATE TABLE configuration (
      sink_id INTEGER PRIMARY KEY CHECK (sink_id > 0),
      name TEXT NOT NULL UNIQUE,
      nc_id INTEGER NOT NULL REFERENCES source (nc_id),
      fingerprint TEXT,
      last_fingerprint TEXT, -- kept while the configuration takes no part
      sink ANY, -- which one the links belong to
      holds_all ANY, -- why the guard holds whatever withdraws something
      hold_reason ANY,
      held_since INTEGER
    ) STRICT;
    CREATE INDEX configuration_source ON configuration (nc_id);
    CREATE INDEX configuration_sink ON configuration (sink) WHERE sink IS NOT NULL;

    CREATE TABLE scope_root (
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      position INTEGER NOT NULL,
      dn TEXT NOT NULL,
      excluded INTEGER NOT NULL,
      guid BLOB NOT NULL,
      class INTEGER NOT NULL,
      PRIMARY KEY (sink_id, position)
    ) STRICT, WITHOUT ROWID;

    -- A rowid table with a unique index: clustering on the random GUIDs makes inserts seven times slower.
    CREATE TABLE obj (
      id INTEGER PRIMARY KEY,
      guid BLOB NOT NULL UNIQUE CHECK (length(guid) = 16),
      nc_id INTEGER NOT NULL REFERENCES source (nc_id),
      parent_id INTEGER REFERENCES obj (id),
      rdn ANY NOT NULL,
      class INTEGER, -- NULL: a placeholder
      sid BLOB,
      primary_group INTEGER,
      live INTEGER NOT NULL,
      deleted_at INTEGER,
      last_known_parent BLOB,
      gen INTEGER NOT NULL,
      suspect INTEGER NOT NULL,
      claimant INTEGER REFERENCES source (nc_id), -- another domain that says it has the object
      missing_since INTEGER, -- gone from its domain, perhaps to another one
      img BLOB NOT NULL -- last, so that the other columns are read without its overflow pages
    ) STRICT;
    CREATE INDEX obj_parent ON obj (parent_id) WHERE parent_id IS NOT NULL;
    CREATE INDEX obj_sid ON obj (sid, nc_id) WHERE sid IS NOT NULL;
    CREATE INDEX obj_principal ON obj (sid) WHERE class = 6; -- foreignSecurityPrincipal
    CREATE INDEX obj_primary_group ON obj (nc_id, primary_group) WHERE live = 1 AND class = 1;
    CREATE INDEX obj_generation ON obj (nc_id, live, gen, class);
    CREATE INDEX obj_claimant ON obj (claimant) WHERE claimant IS NOT NULL;
    CREATE INDEX obj_dead ON obj (nc_id) WHERE live = 0 AND deleted_at IS NOT NULL;
    CREATE INDEX obj_suspect ON obj (nc_id) WHERE suspect = 1;

    CREATE TABLE edge (
      src_id INTEGER NOT NULL REFERENCES obj (id),
      attr INTEGER NOT NULL, -- 1: member
      dst_guid BLOB NOT NULL CHECK (length(dst_guid) = 16),
      expires_at INTEGER, -- a membership that ends by itself
      PRIMARY KEY (src_id, attr, dst_guid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edge_destination ON edge (dst_guid, attr);
    CREATE INDEX edge_expiry ON edge (expires_at) WHERE expires_at IS NOT NULL;

    """
}
