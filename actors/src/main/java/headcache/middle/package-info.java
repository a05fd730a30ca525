/** What lies between CPUs and slabs: the step of a depot, and the actor around it. */
@NullMarked
package headcache.middle;

import org.jspecify.annotations.NullMarked;
