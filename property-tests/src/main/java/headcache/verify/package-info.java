/** What binds the checking kit to this machine: scenarios, invariants, the ledger, planted bugs, generators. */
@NullMarked
package headcache.verify;

import org.jspecify.annotations.NullMarked;
