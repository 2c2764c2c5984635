-- A flood of bans costs what it costs to keep the indexes: each is a page somewhere in the file for each ban. One index
-- finds a subject by its first address, the running ban of it at once, and whatever lies inside a network.
DROP INDEX IF EXISTS ban_running;
DROP INDEX IF EXISTS ban_subject;
DROP INDEX IF EXISTS ban_network;
CREATE INDEX ban_network ON ban (first, ending);
