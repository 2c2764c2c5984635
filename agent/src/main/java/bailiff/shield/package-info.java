/**
 * Answers WordPress and the web server from memory: may this attempt proceed? Whoever gets no answer proceeds.
 */
@NullMarked
package bailiff.shield;

import org.jspecify.annotations.NullMarked;
