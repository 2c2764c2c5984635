-- Counting is done once for each jail and transaction, no longer by a trigger for each row.
DROP TRIGGER IF EXISTS failure_seen;
DROP TRIGGER IF EXISTS failure_closed;
DROP TRIGGER IF EXISTS ban_decided;
