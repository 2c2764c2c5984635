package bailiff.demo;

import java.nio.file.Path;

/**
 * The toy site, as it is set up.
 *
 * @param log the log that it writes
 * @param shield the socket where it asks the guard
 * @param port where it listens, if it has a network
 */
record Site(Path log, Path shield, int port) {}
