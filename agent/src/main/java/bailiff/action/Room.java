package bailiff.action;

import java.time.InstantSource;

/**
 * Where the actions of one jail run.
 *
 * @param jail the jail's name
 * @param ipv6 whether this machine speaks IPv6
 */
record Room(String jail, Shell shell, Background background, HostNames names, InstantSource clock, boolean ipv6) {}
