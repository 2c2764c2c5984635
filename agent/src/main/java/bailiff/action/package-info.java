/** Runs the commands of fail2ban's actions: tags put in safely, each jail on a thread of its own, bounded in time. */
@NullMarked
package bailiff.action;

import org.jspecify.annotations.NullMarked;
