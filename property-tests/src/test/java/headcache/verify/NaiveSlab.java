package headcache.verify;

import headcache.slab.SlabConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The slab of one node in plain lists, one head at a time: slow, and short enough to be believed. Heads are named by
 * their index.
 */
final class NaiveSlab {
    private record Page(boolean reserve, List<Integer> free) {}

    private final SlabConfig config;
    private final Map<Integer, Page> pages = new TreeMap<>();
    private final List<Integer> partial = new ArrayList<>();
    private final List<Integer> reservePartial = new ArrayList<>();
    private final List<Integer> spareNumbers = new ArrayList<>();
    private int numbered;

    NaiveSlab(SlabConfig config) {
        this.config = config;
    }

    private NaiveSlab(NaiveSlab other) {
        this(other.config);
        other.pages.forEach((number, page) -> pages.put(number, new Page(page.reserve, new ArrayList<>(page.free))));
        partial.addAll(other.partial);
        reservePartial.addAll(other.reservePartial);
        spareNumbers.addAll(other.spareNumbers);
        numbered = other.numbered;
    }

    NaiveSlab copy() {
        return new NaiveSlab(this);
    }

    int pages() {
        return pages.size();
    }

    int reservePages() {
        return (int) pages.values().stream().filter(Page::reserve).count();
    }

    int partialPages() {
        return partial.size();
    }

    int freeHeads() {
        return pages.values().stream().mapToInt(page -> page.free.size()).sum();
    }

    /** Whether the page of {@code head} came from the reserve; false if there is no such page. */
    boolean isReserve(int head) {
        final Page page = pages.get(pageOf(head));
        return page != null && page.reserve;
    }

    List<Integer> takePartial(int want, boolean entitled) {
        final List<Integer> heads = new ArrayList<>();
        while (heads.size() < want && (!partial.isEmpty() || (entitled && !reservePartial.isEmpty()))) {
            heads.add(takeOne(partial.isEmpty() ? reservePartial : partial));
        }
        return heads;
    }

    List<Integer> takeBeyondMinimum(int want) {
        final List<Integer> heads = new ArrayList<>();
        while (heads.size() < want && partial.size() > config.minPartial()) {
            heads.add(takeOne(partial));
        }
        return heads;
    }

    List<Integer> takeNew(int want) {
        final List<Integer> older = List.copyOf(partial);
        partial.clear();
        final List<Integer> heads = new ArrayList<>();
        while (heads.size() < want) {
            if (partial.isEmpty()) {
                if (pages() - reservePages() >= config.pageLimit()) {
                    break;
                }
                partial.add(newPage(false));
            }
            heads.add(takeOne(partial));
        }
        partial.addAll(older);
        return heads;
    }

    List<Integer> takeReserve() {
        final boolean used = reservePages() >= config.reservePages();
        if (reservePartial.isEmpty() && (used || pages() - reservePages() < config.pageLimit())) {
            return List.of();
        }
        if (reservePartial.isEmpty()) {
            reservePartial.add(newPage(true));
        }
        return List.of(takeOne(reservePartial));
    }

    /** Frees {@code heads} in chains and returns how many chains there were. */
    int free(List<Integer> heads) {
        final List<Integer> left = new ArrayList<>(heads);
        int chains = 0;
        while (!left.isEmpty()) {
            final int page = pageOf(left.get(left.size() - 1));
            final List<Integer> chain = new ArrayList<>();
            int foreign = 0;
            for (int i = left.size() - 1; i >= 0 && foreign < 3; i--) {
                if (pageOf(left.get(i)) == page) {
                    chain.add(0, left.remove(i));
                } else {
                    foreign++;
                }
            }
            returnTo(page, chain);
            chains++;
        }
        return chains;
    }

    private void returnTo(int number, List<Integer> chain) {
        final Page page = page(number);
        final List<Integer> list = page.reserve ? reservePartial : partial;
        final boolean wasFull = page.free.isEmpty();
        page.free.addAll(0, chain);
        final boolean isEmpty = page.free.size() == config.headsPerPage();
        if (isEmpty && (page.reserve || list.size() >= config.minPartial())) {
            list.remove((Integer) number);
            pages.remove(number);
            spareNumbers.add(number);
        } else if (wasFull) {
            list.add(number);
        }
    }

    private int takeOne(List<Integer> list) {
        final Page page = page(list.get(0));
        final int head = page.free.remove(0);
        if (page.free.isEmpty()) {
            list.remove(0);
        }
        return head;
    }

    private int newPage(boolean reserve) {
        final int number = spareNumbers.isEmpty() ? numbered++ : spareNumbers.remove(spareNumbers.size() - 1);
        final int base = number * config.headsPerPage();
        pages.put(
                number,
                new Page(
                        reserve,
                        new ArrayList<>(IntStream.range(base, base + config.headsPerPage())
                                .boxed()
                                .toList())));
        return number;
    }

    private Page page(int number) {
        return Objects.requireNonNull(pages.get(number));
    }

    private int pageOf(int head) {
        return head / config.headsPerPage();
    }
}
