/** Operations by CPU, whatever their origin: recorded or generated. */
@NullMarked
package headcache.workload;

import org.jspecify.annotations.NullMarked;
