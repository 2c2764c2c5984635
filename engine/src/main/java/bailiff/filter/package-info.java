/** What a line says: fail2ban's failregex and its kin, read in Python's dialect, turn a line into a sighting. */
@NullMarked
package bailiff.filter;

import org.jspecify.annotations.NullMarked;
