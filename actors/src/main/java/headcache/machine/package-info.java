/** The whole machine: boots a topology, plugs CPUs in and out, takes snapshots, drains. */
@NullMarked
package headcache.machine;

import org.jspecify.annotations.NullMarked;
