/** What is measured of a run by watching it, beside the counters that the actors keep themselves. */
@NullMarked
package headcache.metrics;

import org.jspecify.annotations.NullMarked;
