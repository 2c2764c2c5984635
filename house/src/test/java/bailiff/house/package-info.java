/** The rules of the house, as tests: who may import whom, and how the code is laid out. */
@NullMarked
package bailiff.house;

import org.jspecify.annotations.NullMarked;
