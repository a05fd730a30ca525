/** Planted bugs: patches of a few lines against the machine's sources, and the checks that must find each of them. */
@NullMarked
package headcache.verify.mutant;

import org.jspecify.annotations.NullMarked;
