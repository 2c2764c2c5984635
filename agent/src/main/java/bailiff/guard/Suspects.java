package bailiff.guard;

/**
 * What a jail asks others before it blames somebody.
 *
 * @param named failures of hosts whose addresses are being looked up
 * @param ignore the command that says whom to ignore
 */
record Suspects(NamedFailures named, IgnoreCommand ignore) {}
