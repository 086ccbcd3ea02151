-- A store of notices. Times that the notices tell are RFC 3339 local times with
-- their offset; the columns *_utc hold the same instants in UTC, for sorting.
-- Times of the store's own (seen_at and the like) are UTC.

CREATE TABLE about (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- A page, a file or a URL that notices were read from.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    profile TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
);

CREATE TABLE systems (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

-- A notice as last told; every version of it stands in versions.
CREATE TABLE notices (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    language TEXT NOT NULL,
    environments TEXT NOT NULL,  -- JSON array
    tags TEXT NOT NULL,          -- JSON array
    work_orders TEXT NOT NULL,   -- JSON array
    published_at TEXT,
    published_utc TEXT,
    updated_at TEXT,
    updated_utc TEXT,
    fallback TEXT,
    resubmit INTEGER NOT NULL,
    duplicate_of TEXT,
    text TEXT,
    version INTEGER NOT NULL,
    FOREIGN KEY (id, version) REFERENCES versions (notice, number) DEFERRABLE INITIALLY DEFERRED
);

-- Every text of a notice that was ever seen, once. record_id is the id that the
-- parser gave to this version; it differs from notice where a notice bears no stamp.
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL REFERENCES notices (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    digest TEXT NOT NULL,        -- over what the notice says
    reading TEXT NOT NULL,       -- over what was read in it
    updated_at TEXT,
    status TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    record TEXT NOT NULL,        -- the record as JSON
    text TEXT,
    UNIQUE (notice, number),
    UNIQUE (notice, digest)
);
CREATE INDEX versions_record_id ON versions (record_id);

-- What each source shows: one row a notice, gone_at when it no longer does.
CREATE TABLE sightings (
    source INTEGER NOT NULL REFERENCES sources (id),
    notice TEXT NOT NULL REFERENCES notices (id),
    version INTEGER NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    gone_at TEXT,
    PRIMARY KEY (source, notice),
    FOREIGN KEY (notice, version) REFERENCES versions (notice, number)
);

-- Windows, impacts, revisions and diagnostics of each notice as last told.
CREATE TABLE windows (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    starts_at TEXT,
    ends_at TEXT,
    starts_utc TEXT,
    ends_utc TEXT,
    planned_start TEXT,
    planned_end TEXT,
    actual_end TEXT,
    minutes INTEGER,
    timezone TEXT NOT NULL,
    open_end INTEGER NOT NULL,
    precision TEXT NOT NULL,
    status TEXT NOT NULL,
    channel TEXT,
    confidence REAL NOT NULL,
    UNIQUE (notice, position)
);
CREATE INDEX windows_starts_utc ON windows (starts_utc);

CREATE TABLE impacts (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    channel TEXT NOT NULL,
    effect TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL,
    read_by TEXT NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (notice, position)
);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    told_at TEXT,
    new_end TEXT,
    UNIQUE (notice, position)
);

CREATE TABLE diagnostics (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    message TEXT NOT NULL,
    found TEXT,
    used TEXT,
    UNIQUE (notice, position)
);

CREATE TABLE notice_systems (
    notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    system TEXT NOT NULL REFERENCES systems (id),
    PRIMARY KEY (notice, system)
);

CREATE TABLE window_systems (
    window INTEGER NOT NULL REFERENCES windows (id) ON DELETE CASCADE,
    system TEXT NOT NULL REFERENCES systems (id),
    PRIMARY KEY (window, system)
);

CREATE TABLE impact_systems (
    impact INTEGER NOT NULL REFERENCES impacts (id) ON DELETE CASCADE,
    system TEXT NOT NULL REFERENCES systems (id),
    PRIMARY KEY (impact, system)
);

-- What vindue watch knows of the source that it watches.
CREATE TABLE watches (
    source INTEGER PRIMARY KEY REFERENCES sources (id),
    started_at TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    body_digest TEXT
);

-- What vindue watch has to tell and has told; body is the JSON line.
-- waiting: not sent yet; sending: it may have been sent, the process was stopped
-- between the sending and the note of it; sent: it has been sent.
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES sources (id),
    notice TEXT NOT NULL REFERENCES notices (id),
    change TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    from_version INTEGER,
    to_version INTEGER,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent')),
    FOREIGN KEY (notice, from_version) REFERENCES versions (notice, number),
    FOREIGN KEY (notice, to_version) REFERENCES versions (notice, number)
);
CREATE INDEX changes_unsent ON changes (source, number) WHERE state <> 'sent';

-- Full-text search over titles and texts: SELECT … WHERE notices_fts MATCH 'ncts'.
-- Written content="notices", without blanks: by that Datasette knows what it indexes.
CREATE VIRTUAL TABLE notices_fts USING fts5 (
    title, text, content="notices", content_rowid="key",
    tokenize="unicode61 remove_diacritics 0"
);
CREATE TRIGGER notices_fts_insert AFTER INSERT ON notices BEGIN
    INSERT INTO notices_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER notices_fts_delete AFTER DELETE ON notices BEGIN
    INSERT INTO notices_fts (notices_fts, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER notices_fts_update AFTER UPDATE ON notices BEGIN
    INSERT INTO notices_fts (notices_fts, rowid, title, text)
    VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO notices_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

-- One row a window and system, with the notice's title: the timeline as a table.
CREATE VIEW downtime AS
SELECT window_systems.system, windows.starts_at, windows.ends_at, windows.actual_end,
    windows.minutes, windows.channel, windows.status, notices.title,
    windows.notice, windows.starts_utc, windows.ends_utc
FROM windows
JOIN window_systems ON window_systems.window = windows.id
JOIN notices ON notices.id = windows.notice
ORDER BY windows.starts_utc, window_systems.system;
