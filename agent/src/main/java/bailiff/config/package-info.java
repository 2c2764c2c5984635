/** What the administrator wrote, in fail2ban's grammar, becomes jails, filters and actions; every problem is named. */
@NullMarked
package bailiff.config;

import org.jspecify.annotations.NullMarked;
