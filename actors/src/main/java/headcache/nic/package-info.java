/** What feeds CPUs: queues, steering, polls, completions, and the tasks that run on a CPU. */
@NullMarked
package headcache.nic;

import org.jspecify.annotations.NullMarked;
