/** What actors say to one another: values, commands, replies and events; no behaviour. */
@NullMarked
package headcache.protocol;

import org.jspecify.annotations.NullMarked;
