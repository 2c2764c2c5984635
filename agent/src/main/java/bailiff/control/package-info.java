/** The Unix socket between the guard and whoever asks it something: the commands that the command line and the web share. */
@NullMarked
package bailiff.control;

import org.jspecify.annotations.NullMarked;
