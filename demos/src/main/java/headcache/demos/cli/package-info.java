/** The command line: the commands, their registration in one place, and exit codes. */
@NullMarked
package headcache.demos.cli;

import org.jspecify.annotations.NullMarked;
