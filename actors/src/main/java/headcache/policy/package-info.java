/** Ways of treating heads that have a name: the kernels of the series, step by step. */
@NullMarked
package headcache.policy;

import org.jspecify.annotations.NullMarked;
