/// Of migration 1.
extension Schema {
  static let evaluation = """
    CREATE TABLE dirty (
      obj_id INTEGER NOT NULL REFERENCES obj (id),
      sink_id INTEGER NOT NULL, -- 0: all configurations of the domain
      PRIMARY KEY (obj_id, sink_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dirty_configuration ON dirty (sink_id);

    CREATE TABLE dirty_member (
      group_id INTEGER NOT NULL REFERENCES obj (id),
      member_guid BLOB NOT NULL CHECK (length(member_guid) = 16),
      PRIMARY KEY (group_id, member_guid)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE timer (
      obj_id INTEGER PRIMARY KEY REFERENCES obj (id),
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX timer_at ON timer (at);

    -- What nextVersion gave last.
    CREATE TABLE sequence (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL
    ) STRICT;
    INSERT INTO sequence VALUES (1, 0);

    """

  /// One row per object and configuration. The rows that are not idle are what is to be exported; the partial indexes
  /// keep them apart, so that their cost follows the changes and not the directory.
  static let links = """
    CREATE TABLE link (
      obj_id INTEGER NOT NULL REFERENCES obj (id),
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      kind TEXT NOT NULL,
      cloud_id ANY,
      state INTEGER NOT NULL, -- 0 idle, 1 pending, 2 inflight, 3 escrow
      phase INTEGER NOT NULL,
      presence INTEGER NOT NULL, -- 1 present, 2 disabled, 3 kept, 4 absent
      desired_ver INTEGER NOT NULL,
      sent_ver INTEGER NOT NULL,
      uncertain INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      not_before INTEGER,
      member_attempts INTEGER NOT NULL, -- of a group: its memberships fail and wait apart from itself
      members_not_before INTEGER,
      left_at INTEGER,
      gate INTEGER NOT NULL, -- 0 open, 1 approved, 2 staged, 3 held, 4 rejected
      gate_until INTEGER,
      home_id INTEGER REFERENCES obj (id), -- the container it was in when it was last in scope
      last_err ANY,
      desired BLOB,
      sent BLOB,
      confirmed BLOB,
      provisioned INTEGER AS (confirmed IS NOT NULL AND presence = 1) VIRTUAL, -- only in its index, to be counted there
      PRIMARY KEY (sink_id, obj_id)
    ) STRICT;
    CREATE INDEX link_waiting ON link (sink_id, phase, obj_id, state, not_before, gate) WHERE state IN (1, 3);
    CREATE INDEX link_gate ON link (sink_id, gate, obj_id) WHERE gate <> 0;
    CREATE INDEX link_cloud ON link (sink_id, cloud_id, obj_id) WHERE cloud_id IS NOT NULL;
    CREATE INDEX link_inflight ON link (sink_id, obj_id) WHERE state = 2;
    CREATE INDEX link_failing ON link (sink_id) WHERE state = 3 OR attempts > 0 OR member_attempts > 0;
    CREATE INDEX link_provisioned ON link (sink_id, provisioned, kind);
    CREATE INDEX link_home ON link (sink_id, home_id, provisioned);

    CREATE TABLE mlink (
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      group_id INTEGER NOT NULL REFERENCES obj (id),
      member_id INTEGER NOT NULL REFERENCES obj (id),
      desired INTEGER NOT NULL,
      confirmed INTEGER, -- NULL: not known
      ver INTEGER NOT NULL,
      not_before INTEGER, -- refused by the sink, and tried again then
      gate INTEGER NOT NULL, -- of a removal, as in link
      gate_until INTEGER,
      PRIMARY KEY (sink_id, group_id, member_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mlink_member ON mlink (sink_id, member_id);
    CREATE INDEX mlink_pending ON mlink (sink_id, group_id, ver, member_id, desired, confirmed, not_before, gate, gate_until)
      WHERE confirmed IS NOT desired;
    CREATE INDEX mlink_gate ON mlink (sink_id, gate, group_id, member_id) WHERE gate <> 0 AND confirmed IS NOT desired;
    CREATE INDEX mlink_refused ON mlink (sink_id) WHERE not_before IS NOT NULL;

    """

  /// What was let through, for as long as it counts towards the limits of the guard.
  static let guardian = """
    CREATE TABLE withdrawal (
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      obj_id INTEGER NOT NULL REFERENCES obj (id),
      group_id INTEGER NOT NULL, -- the group that it was taken out of; 0: the object itself
      kind TEXT NOT NULL,
      home_id INTEGER,
      at INTEGER NOT NULL,
      PRIMARY KEY (sink_id, group_id, obj_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX withdrawal_at ON withdrawal (sink_id, at);

    """

  static let runs = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      reason TEXT NOT NULL,
      started INTEGER NOT NULL,
      ended INTEGER,
      outcome TEXT,
      detail ANY,
      imported INTEGER NOT NULL,
      evaluated INTEGER NOT NULL,
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      disabled INTEGER NOT NULL,
      deleted INTEGER NOT NULL,
      members_added INTEGER NOT NULL,
      members_removed INTEGER NOT NULL,
      failed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX run_configuration ON run (sink_id);

    """

  static let log = """
    -- Ids are never used again: who follows the log goes on from the last one seen.
    CREATE TABLE log (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      sink_id INTEGER NOT NULL REFERENCES configuration (sink_id),
      run_id INTEGER, -- not a reference: runs are forgotten on their own
      at INTEGER NOT NULL,
      guid BLOB NOT NULL CHECK (length(guid) = 16),
      kind TEXT NOT NULL,
      name ANY NOT NULL,
      action TEXT NOT NULL,
      status TEXT NOT NULL,
      code ANY,
      reason ANY,
      cloud_id ANY,
      changes BLOB,
      members BLOB
    ) STRICT;
    CREATE INDEX log_walk ON log (sink_id, id, at, action, status, run_id);
    CREATE INDEX log_object ON log (sink_id, guid);
    """
}
