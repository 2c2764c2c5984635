package bailiff.guard;

/**
 * What all jails learn of who comes to the web, beyond their logs. Safe for any thread.
 *
 * @param names who an address says it is, confirmed
 * @param proxies who comes for many
 */
record Visitors(TrueNames names, ProxyWatch proxies) {}
