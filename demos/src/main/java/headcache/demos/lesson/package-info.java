/** Lessons: a question, then a small machine of the real actors drawn call by call, right and broken. */
@NullMarked
package headcache.demos.lesson;

import org.jspecify.annotations.NullMarked;
