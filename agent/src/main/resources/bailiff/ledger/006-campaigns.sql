-- Attacks by many addresses: what each had come to when it was looked at last, and when it was over (0: it goes on).
CREATE TABLE IF NOT EXISTS campaign (
    site       TEXT NOT NULL,
    name       TEXT NOT NULL,
    since      INTEGER NOT NULL,
    last       INTEGER NOT NULL,
    over       INTEGER NOT NULL,
    sources    INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    refused    INTEGER NOT NULL,
    banned     INTEGER NOT NULL,
    users      TEXT NOT NULL,
    likeness   TEXT NOT NULL,
    powerOfTen REAL NOT NULL,
    latest     TEXT NOT NULL,
    PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;
