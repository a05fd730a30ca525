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
    private static final @Nullable HeadAccount[][] NO_NODES = {};

    /** By kind, then by home node, then by index. */
    private final @Nullable HeadAccount[][][] shelves = new @Nullable HeadAccount[KINDS][][];

    /** In the order in which they were opened. */
    private final ArrayList<HeadAccount> all = new ArrayList<>();

    Accounts() {
        Arrays.fill(shelves, NO_NODES);
    }

    HeadAccount of(int head) {
        final @Nullable HeadAccount[][] nodes = nodes(Head.isFclone(head) ? 1 : 0, Head.node(head));
        final int index = Head.index(head);
        @Nullable HeadAccount[] shelf = nodes[Head.node(head)];
        if (index >= shelf.length) {
            shelf = Arrays.copyOf(shelf, Math.max(index + 1, Math.max(16, shelf.length * 2)));
            nodes[Head.node(head)] = shelf;
        }
        HeadAccount account = shelf[index];
        if (account == null) {
            account = new HeadAccount(head, all.size());
            shelf[index] = account;
            all.add(account);
        }
        return account;
    }

    /** The shelves of a kind, {@code node}'s among them. */
    private @Nullable HeadAccount[][] nodes(int kind, int node) {
        @Nullable HeadAccount[][] nodes = shelves[kind];
        if (node >= nodes.length) {
            final int former = nodes.length;
            nodes = Arrays.copyOf(nodes, node + 1);
            Arrays.fill(nodes, former, nodes.length, NONE);
            shelves[kind] = nodes;
        }
        return nodes;
    }

    /** Shows all accounts, by kind, node and index. */
    void forEach(Consumer<HeadAccount> action) {
        for (final @Nullable HeadAccount[][] nodes : shelves) {
            for (final @Nullable HeadAccount[] shelf : nodes) {
                for (final HeadAccount account : shelf) {
                    if (account != null) {
                        action.accept(account);
                    }
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
        for (final @Nullable HeadAccount[][] nodes : shelves) {
            for (final @Nullable HeadAccount[] shelf : nodes) {
                appendRange(text, shelf);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void appendRange(StringBuilder text, @Nullable HeadAccount[] shelf) {
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
}
