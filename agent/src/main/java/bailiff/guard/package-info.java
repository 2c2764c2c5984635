/** Wires source, engine, ledger and firewall into the daemon: its life, its jails' threads, its answers. */
@NullMarked
package bailiff.guard;

import org.jspecify.annotations.NullMarked;
