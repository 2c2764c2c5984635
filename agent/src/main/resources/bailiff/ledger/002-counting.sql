-- What fail2ban's counter had come to with a failure (compat = fail2ban); null where failures are counted exactly, since
-- they say it all by themselves. Times are seconds since 1970 as floats, just as that counter reckons with them.
ALTER TABLE failure ADD COLUMN retry INTEGER;
ALTER TABLE failure ADD COLUMN counted INTEGER;     -- failures of which the counter was really told
ALTER TABLE failure ADD COLUMN rate_since REAL;
ALTER TABLE failure ADD COLUMN rate_last REAL;
