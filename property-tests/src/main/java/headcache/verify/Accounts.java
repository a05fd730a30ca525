package headcache.verify;

import headcache.protocol.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The accounts of all heads that were ever seen, found by the head's name. */
final class Accounts {
    private static final int KINDS = 2;
    private static final @Nullable HeadAccount[] NONE = {};

    /** By kind and home node, then by index. */
    private final @Nullable HeadAccount[][] shelves = new @Nullable HeadAccount[KINDS * Head.NODE_LIMIT][];

    /** In the order in which they were opened. */
    private final ArrayList<HeadAccount> all = new ArrayList<>();

    Accounts() {
        Arrays.fill(shelves, NONE);
    }

    HeadAccount of(int head) {
        final int number = shelf(head);
        final int index = Head.index(head);
        @Nullable HeadAccount[] shelf = shelves[number];
        if (index >= shelf.length) {
            shelf = Arrays.copyOf(shelf, Math.max(index + 1, Math.max(64, shelf.length * 2)));
            shelves[number] = shelf;
        }
        HeadAccount account = shelf[index];
        if (account == null) {
            account = new HeadAccount(head, all.size());
            shelf[index] = account;
            all.add(account);
        }
        return account;
    }

    private static int shelf(int head) {
        return (Head.isFclone(head) ? Head.NODE_LIMIT : 0) + Head.node(head);
    }

    /** Shows all accounts, by kind, node and index. */
    void forEach(Consumer<HeadAccount> action) {
        for (final @Nullable HeadAccount[] shelf : shelves) {
            for (final HeadAccount account : shelf) {
                if (account != null) {
                    action.accept(account);
                }
            }
        }
    }

    int count() {
        return all.size();
    }

    /** The account that was opened as number {@code number}, from 0 on. */
    HeadAccount number(int number) {
        return all.get(number);
    }

    /** The names of the first and the last head of each kind on each node. */
    String ranges() {
        final StringBuilder text = new StringBuilder();
        for (final @Nullable HeadAccount[] shelf : shelves) {
            HeadAccount first = null;
            HeadAccount last = null;
            for (final HeadAccount account : shelf) {
                if (account != null && account.wasHandedOut()) {
                    first = first == null ? account : first;
                    last = account;
                }
            }
            if (first != null && last != null) {
                text.append(text.isEmpty() ? "" : ", ").append(Head.name(first.head));
                text.append(first == last ? "" : " to " + Head.name(last.head));
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
