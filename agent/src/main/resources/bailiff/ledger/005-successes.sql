-- Who has logged in from where: of each account and source the last time, and when that last forgave failures (0: never).
CREATE TABLE IF NOT EXISTS success (
    jail    TEXT NOT NULL,
    subject TEXT NOT NULL,
    first   BLOB NOT NULL,
    last    BLOB NOT NULL,
    site    TEXT NOT NULL,
    account TEXT NOT NULL,
    time    INTEGER NOT NULL,
    forgave INTEGER NOT NULL,
    PRIMARY KEY (jail, subject, site, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS success_time ON success (jail, time);
