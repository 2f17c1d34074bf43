"""The tables of the catalogue (`catalogue.py`), all of which follow from the record.

A file with another `FORMAT` is emptied and made anew: nobody migrates what one bake brings back.
"""

from __future__ import annotations

FORMAT = 13
NEVER = "1970-01-01T00:00:00Z"
"""the instant of furniture before there is any"""

TABLES = """
CREATE TABLE IF NOT EXISTS place (
    one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, leaf TEXT NOT NULL, origin TEXT NOT NULL,
    furniture_at TEXT NOT NULL, wide INTEGER NOT NULL, built INTEGER NOT NULL, build INTEGER NOT NULL,
    building INTEGER NOT NULL, program TEXT NOT NULL, begun TEXT NOT NULL, begun_wide INTEGER NOT NULL);
INSERT OR IGNORE INTO place VALUES (1, 0, '', '', '1970-01-01T00:00:00Z', 0, -1, 0, 0, '', '', 0);
CREATE TABLE IF NOT EXISTS again (sheet TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (sheet TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    id TEXT NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, dated TEXT,
    leaf TEXT NOT NULL, note TEXT, day TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (id, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS piece (
    id TEXT PRIMARY KEY, idx INTEGER NOT NULL, at TEXT NOT NULL, piece TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, message TEXT NOT NULL, idx INTEGER NOT NULL, path TEXT, language TEXT NOT NULL,
    day TEXT NOT NULL, kind TEXT, section TEXT, state TEXT NOT NULL, title TEXT, teaser TEXT, at TEXT NOT NULL,
    first_at TEXT NOT NULL, corrected_at TEXT, updated_at TEXT, stub INTEGER NOT NULL, imported INTEGER NOT NULL,
    translation TEXT, original TEXT, erased INTEGER NOT NULL, seq INTEGER NOT NULL, tombstone INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS message_group ON message (message);
CREATE INDEX IF NOT EXISTS message_path ON message (path);
CREATE INDEX IF NOT EXISTS message_idx ON message (idx);
CREATE TABLE IF NOT EXISTS listed (
    list TEXT NOT NULL, day TEXT NOT NULL, idx INTEGER NOT NULL, id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    said INTEGER NOT NULL DEFAULT 0, said_at TEXT NOT NULL DEFAULT '',
    asked INTEGER NOT NULL DEFAULT 0, asked_at TEXT NOT NULL DEFAULT '',
    speaks INTEGER NOT NULL DEFAULT 0, asks INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (list, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS listed_speaks ON listed (list, day DESC, idx DESC) WHERE speaks = 1;
CREATE INDEX IF NOT EXISTS listed_asks ON listed (list, day DESC, idx DESC) WHERE asks = 1;
CREATE INDEX IF NOT EXISTS listed_order ON listed (list, day DESC, idx DESC);
CREATE INDEX IF NOT EXISTS listed_id ON listed (id);
CREATE TABLE IF NOT EXISTS ever (
    list TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (list, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS speaks (
    id TEXT NOT NULL, person TEXT NOT NULL, said INTEGER NOT NULL, said_at TEXT NOT NULL, asked INTEGER NOT NULL,
    asked_at TEXT NOT NULL, PRIMARY KEY (id, person)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS speaks_person ON speaks (person);
CREATE TABLE IF NOT EXISTS worded (
    id TEXT NOT NULL, sort TEXT NOT NULL, seq INTEGER NOT NULL, list TEXT NOT NULL, day TEXT NOT NULL,
    ordinal INTEGER NOT NULL, words TEXT, PRIMARY KEY (id, sort, seq)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS worded_list ON worded (list, day DESC);
CREATE INDEX IF NOT EXISTS worded_day ON worded (sort, day, list);
CREATE TABLE IF NOT EXISTS named (
    list TEXT PRIMARY KEY, family TEXT NOT NULL, day TEXT NOT NULL, idx INTEGER NOT NULL, words TEXT NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS named_newest ON named (family, day DESC, idx DESC, list);
CREATE TABLE IF NOT EXISTS quoted (idx INTEGER PRIMARY KEY, prints BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS printed (
    size INTEGER NOT NULL, number INTEGER NOT NULL, part INTEGER NOT NULL, rows BLOB NOT NULL,
    UNIQUE (size, number, part));
CREATE TABLE IF NOT EXISTS agenda (span TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (span, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS agenda_id ON agenda (id);
CREATE TABLE IF NOT EXISTS initial (
    id TEXT NOT NULL, seq INTEGER NOT NULL, letters TEXT NOT NULL, PRIMARY KEY (id, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS merged (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS merged_target ON merged (target);
CREATE TABLE IF NOT EXISTS redirect (
    source TEXT PRIMARY KEY, idx INTEGER NOT NULL, id TEXT NOT NULL, status INTEGER NOT NULL, target TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS redirect_idx ON redirect (idx);
CREATE INDEX IF NOT EXISTS redirect_id ON redirect (id);
"""
