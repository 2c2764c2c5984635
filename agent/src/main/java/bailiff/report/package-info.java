/** What past logs tell a person: collected within bounds, examined, and shown as text, as a page, or as objects. */
@NullMarked
package bailiff.report;

import org.jspecify.annotations.NullMarked;
