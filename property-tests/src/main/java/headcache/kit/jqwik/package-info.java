/** Cases and orders of messages drawn by jqwik, and shrunk together. Who does not use jqwik needs none of this. */
@NullMarked
package headcache.kit.jqwik;

import org.jspecify.annotations.NullMarked;
