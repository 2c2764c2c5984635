-- Times are milliseconds since 1970 in UTC; 9223372036854775807 stands for "for ever".
-- subject and address are canonical text; first and last are a network's ends, 16 bytes in network order (IPv4 as
-- ::ffff:a.b.c.d), so that what lies inside or around a network is found by index.

CREATE TABLE jail (
    name     TEXT PRIMARY KEY,
    failures INTEGER NOT NULL DEFAULT 0,  -- ever seen
    bans     INTEGER NOT NULL DEFAULT 0,  -- ever decided
    open     INTEGER NOT NULL DEFAULT 0   -- rows in failure
) STRICT, WITHOUT ROWID;

-- Failures that may yet lead to a ban, in the order in which they were seen.
CREATE TABLE failure (
    id       INTEGER PRIMARY KEY,
    jail     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    first    BLOB NOT NULL,
    last     BLOB NOT NULL,
    address  TEXT NOT NULL,
    time     INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    user     TEXT NOT NULL,
    line     TEXT NOT NULL
) STRICT;
CREATE INDEX failure_time ON failure (jail, time);
CREATE INDEX failure_network ON failure (jail, first, last);

CREATE TABLE ban (
    id          INTEGER PRIMARY KEY,
    jail        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    first       BLOB NOT NULL,
    last        BLOB NOT NULL,
    since       INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    bancount    INTEGER NOT NULL,
    failures    INTEGER NOT NULL,
    evidence    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    enforcement TEXT NOT NULL DEFAULT 'pending' CHECK (enforcement IN ('pending', 'in force', 'not enforced')),
    obstacle    TEXT NOT NULL DEFAULT '',  -- why it is not enforced
    ending      TEXT NOT NULL DEFAULT 'running' CHECK (ending IN ('running', 'expired', 'lifted', 'replaced')),
    ended       INTEGER NOT NULL DEFAULT 0,
    ended_by    TEXT NOT NULL DEFAULT '',
    ended_why   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX ban_running ON ban (jail, subject) WHERE ending = 'running';
CREATE INDEX ban_until ON ban (until) WHERE ending = 'running';
CREATE INDEX ban_ended ON ban (ended) WHERE ending <> 'running';
CREATE INDEX ban_subject ON ban (jail, subject);
CREATE INDEX ban_network ON ban (first, last);

-- The last failures before a ban, moved here from failure when it was decided.
CREATE TABLE evidence (
    ban      INTEGER NOT NULL REFERENCES ban ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    jail     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    address  TEXT NOT NULL,
    time     INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    user     TEXT NOT NULL,
    line     TEXT NOT NULL,
    PRIMARY KEY (ban, place)
) STRICT, WITHOUT ROWID;

-- How far a jail has read each of its files; what the text means is the source's own business.
CREATE TABLE bookmark (
    jail     TEXT NOT NULL,
    file     TEXT NOT NULL,
    position TEXT NOT NULL,
    PRIMARY KEY (jail, file)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER failure_seen AFTER INSERT ON failure BEGIN
    INSERT INTO jail (name, failures, open) VALUES (new.jail, 1, 1)
        ON CONFLICT (name) DO UPDATE SET failures = failures + 1, open = open + 1;
END;
CREATE TRIGGER failure_closed AFTER DELETE ON failure BEGIN
    UPDATE jail SET open = open - 1 WHERE name = old.jail;
END;
CREATE TRIGGER ban_decided AFTER INSERT ON ban BEGIN
    INSERT INTO jail (name, bans) VALUES (new.jail, 1)
        ON CONFLICT (name) DO UPDATE SET bans = bans + 1;
END;
