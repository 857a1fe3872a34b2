-- A journal as the first version of the tablet made it. Kept for ever: the tablet must open it.
PRAGMA journal_mode = WAL;
CREATE TABLE epochs (
  epoch INTEGER PRIMARY KEY,
  acked_seq INTEGER NOT NULL DEFAULT 0,
  send_until INTEGER
) STRICT;
CREATE TABLE events (
  epoch INTEGER NOT NULL REFERENCES epochs (epoch),
  seq INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  hash TEXT NOT NULL,
  head_signature BLOB NOT NULL,
  box BLOB,
  outcome TEXT,
  appended_at_ms INTEGER NOT NULL,
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_are_immutable BEFORE UPDATE OF epoch, seq, bytes, hash, head_signature ON events
  BEGIN SELECT RAISE(ABORT, 'journal events never change'); END;
PRAGMA user_version = 1;
