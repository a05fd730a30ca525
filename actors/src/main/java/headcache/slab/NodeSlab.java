package headcache.slab;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.step.HeadMisuse;
import headcache.step.HeadSums;
import headcache.step.StateBytes;

/**
 * The slab of one kind of object on one node: pages, and who of their heads is free. Modelled on SLUB as of v5.12,
 * with the slabs that each CPU has of its own folded away.
 *
 * <p>A page is <em>full</em> when all its heads are out, <em>empty</em> when all are free, <em>partial</em> in
 * between. Full pages are on no list. The others are on the partial list, and their order there is SLUB's:
 *
 * <ul>
 *   <li>heads are taken from the page at the head of the list until it is full ({@code get_partial_node});
 *   <li>a page that was full and gets its first free goes to the tail ({@code __slab_free}, {@code
 *       DEACTIVATE_TO_TAIL});
 *   <li>what is left of a new page goes to the head ({@code DEACTIVATE_TO_HEAD}): in the kernel it would be the
 *       CPU's own slab, which is asked before the list.
 * </ul>
 *
 * <p>A page that becomes empty is given back if at least {@code minPartial} pages are on the list, itself included
 * if it was there ({@code nr_partial >= min_partial}).
 *
 * <p>Pages from the emergency reserve are on a list of their own. Only entitled requests get their heads, and they
 * are given back as soon as they are empty.
 *
 * <p>Taking and freeing cost constant time for each head, whatever the number of pages; a new page costs time in
 * proportion to its heads. After a {@link HeadMisuse} the slab must not be used any more.
 */
public final class NodeSlab {
    private final NodeId node;
    private final SlabKind kind;
    private final SlabConfig config;

    /** The name of the head with index 0; adding an index names another. */
    private final int names;

    private final PageTable pages;
    private final PageList partial;
    private final PageList reservePartial;
    private final DetachedFreeList detached;
    private int[] scratch = new int[0];

    private int freeHeads;
    private int reservePages;
    private int pageLimit;
    private long pagesMade;
    private long pagesGivenBack;

    /** The slab of {@code kind} on {@code node}, without any page. */
    public NodeSlab(NodeId node, SlabKind kind, SlabConfig config) {
        this(node, kind, config, new PageTable(config.headsPerPage()), new PageList(), new PageList());
    }

    private NodeSlab(
            NodeId node, SlabKind kind, SlabConfig config, PageTable pages, PageList partial, PageList reservePartial) {
        this.node = node;
        this.kind = kind;
        this.config = config;
        this.pageLimit = config.pageLimit();
        this.names = kind == SlabKind.HEAD ? Head.plain(node.index(), 0) : Head.fclone(node.index(), 0);
        this.pages = pages;
        this.partial = partial;
        this.reservePartial = reservePartial;
        this.detached = new DetachedFreeList(pages, this::checkOut);
    }

    /** What it was made with. */
    public SlabConfig config() {
        return config;
    }

    /** Pages now, those of the reserve included. */
    public int pages() {
        return pages.pages();
    }

    /** Pages now that came from the reserve. */
    public int reservePages() {
        return reservePages;
    }

    /** Pages on the partial list, empty ones included, those of the reserve not. */
    public int partialPages() {
        return partial.size();
    }

    /** Free heads on all pages. */
    public int freeHeads() {
        return freeHeads;
    }

    /** Heads that were handed out and have not come back. */
    public int inUse() {
        return pages() * config.headsPerPage() - freeHeads;
    }

    /** Pages made since boot. */
    public long pagesMade() {
        return pagesMade;
    }

    /** Empty pages given back since boot. */
    public long pagesGivenBack() {
        return pagesGivenBack;
    }

    /** Whether {@code head} is of this slab and handed out. */
    public boolean isOut(int head) {
        final int index = head - names;
        return index >= 0 && index < Head.INDEX_LIMIT && pages.isNumbered(pages.pageOf(index)) && pages.isOut(index);
    }

    /**
     * Whether the page of {@code head} came from the emergency reserve ({@code pfmemalloc}).
     *
     * @throws HeadMisuse if it is not a head of this slab
     */
    public boolean isReserve(int head) {
        return pages.isReserve(pages.pageOf(index(head)));
    }

    /**
     * Takes heads from partial pages, as this node's own requests do.
     *
     * @param into where they are stored, from {@code at}
     * @param want how many are wanted at most
     * @param entitled whether partial pages of the reserve will do when no other is left
     * @return how many were taken
     */
    public int takePartial(int[] into, int at, int want, boolean entitled) {
        final int taken = takeFrom(partial, 0, into, at, want);
        return entitled ? taken + takeFrom(reservePartial, 0, into, at + taken, want - taken) : taken;
    }

    /**
     * Takes heads from partial pages as long as more of them than the minimum are on the list, as other nodes'
     * requests do when the dice send them ({@code get_any_partial}).
     *
     * @return how many were taken
     */
    public int takeBeyondMinimum(int[] into, int at, int want) {
        return takeFrom(partial, config.minPartial(), into, at, want);
    }

    /**
     * Takes heads from new pages, as many as are needed and the limit allows.
     *
     * @return how many were taken
     */
    public int takeNew(int[] into, int at, int want) {
        int taken = 0;
        while (taken < want && pages() - reservePages < pageLimit) {
            taken += takeNewPage(false, into, at + taken, want - taken);
        }
        return taken;
    }

    /**
     * Takes one head from the emergency reserve, for an entitled request that found nothing else: from a page of
     * the reserve that has one left, or from a new page beyond the limit.
     *
     * @return 1, or 0 if the reserve is used up, or if ordinary pages can be made still
     */
    public int takeReserve(int[] into, int at) {
        final int taken = takeFrom(reservePartial, 0, into, at, 1);
        if (taken == 1 || reservePages == config.reservePages() || pages() - reservePages < pageLimit) {
            return taken;
        }
        reservePages++;
        return takeNewPage(true, into, at, 1);
    }

    /**
     * Looks whether {@code head} could be freed now.
     *
     * @throws HeadMisuse if it is not a head of this slab, or not handed out
     */
    public void mustBeOut(int head) {
        checkOut(index(head));
    }

    /**
     * Returns one head to its page.
     *
     * @throws HeadMisuse if it is not a head of this slab, or not handed out
     */
    public void free(int head) {
        final int index = index(head);
        checkOut(index);
        final int page = pages.pageOf(index);
        final boolean wasFull = pages.freeCount(page) == 0;
        pages.push(page, pages.link(index, PageTable.END), index, 1);
        freeHeads++;
        settle(page, wasFull);
    }

    /**
     * Returns heads to their pages as {@code kmem_cache_free_bulk} does, see {@link DetachedFreeList}. The array
     * is left as it is.
     *
     * @return how many synchronised operations it took: at least 1 and at most one for each head; 0 for no heads
     * @throws HeadMisuse if one is not a head of this slab, or not handed out
     */
    public int bulkFree(int[] heads) {
        if (scratch.length < heads.length) {
            scratch = new int[heads.length];
        }
        for (int i = 0; i < heads.length; i++) {
            scratch[i] = index(heads[i]);
        }
        int operations = 0;
        int size = heads.length;
        while (size > 0) {
            size = detached.build(scratch, size);
            final int page = detached.page();
            final boolean wasFull = pages.freeCount(page) == 0;
            detached.push();
            freeHeads += detached.length();
            settle(page, wasFull);
            operations++;
        }
        return operations;
    }

    /**
     * Sets how many pages ordinary requests can have made from now on. What is beyond that stays until it is empty.
     *
     * @param pages 0 to as many as the slab was made for
     * @throws IllegalArgumentException if {@code pages} is out of range
     */
    public void limitPages(int pages) {
        if (pages < 0 || pages > config.pageLimit()) {
            throw new IllegalArgumentException("impossible limit: node=" + node.index() + " kind=" + kind + " pages="
                    + pages + " must be 0 to " + config.pageLimit());
        }
        pageLimit = pages;
    }

    /** Adds all heads of all pages to one sum, and those that are free to another; takes time for each head. */
    public void count(HeadSums all, HeadSums free) {
        pages.inUse().stream().forEach(page -> {
            for (int slot = 0; slot < config.headsPerPage(); slot++) {
                final int index = page * config.headsPerPage() + slot;
                all.add(names + index);
                if (!pages.isOut(index)) {
                    free.add(names + index);
                }
            }
        });
    }

    /** An independent copy, counters included. */
    public NodeSlab copy() {
        final NodeSlab copy = new NodeSlab(node, kind, config, pages.copy(), partial.copy(), reservePartial.copy());
        copy.freeHeads = freeHeads;
        copy.reservePages = reservePages;
        copy.pageLimit = pageLimit;
        copy.pagesMade = pagesMade;
        copy.pagesGivenBack = pagesGivenBack;
        return copy;
    }

    /** Writes what later behaviour depends on: the pages, the order of both lists and of each free list, the limit. */
    public void encode(StateBytes bytes) {
        pages.encodeNumbers(bytes);
        bytes.put(reservePages);
        if (reservePages > 0) {
            pages.encodeReserve(bytes);
        }
        encodePages(partial, bytes);
        encodePages(reservePartial, bytes);
        bytes.put(pageLimit);
    }

    private int takeFrom(PageList list, int least, int[] into, int at, int want) {
        int taken = 0;
        while (taken < want && list.size() > least) {
            final int page = list.first();
            final int step = Math.min(want - taken, pages.freeCount(page));
            pages.pop(page, step, names, into, at + taken);
            if (pages.freeCount(page) == 0) {
                list.remove(page);
            }
            taken += step;
        }
        freeHeads -= taken;
        return taken;
    }

    private int takeNewPage(boolean fromReserve, int[] into, int at, int want) {
        final int page = pages.make(fromReserve);
        pagesMade++;
        final int taken = Math.min(want, config.headsPerPage());
        pages.pop(page, taken, names, into, at);
        freeHeads += config.headsPerPage() - taken;
        if (pages.freeCount(page) > 0) {
            listOf(page).addFirst(page);
        }
        return taken;
    }

    /** Puts {@code page}, which has just got a free head, where it belongs now. */
    private void settle(int page, boolean wasFull) {
        final PageList list = listOf(page);
        final boolean surplus = pages.isReserve(page) || list.size() >= config.minPartial();
        if (pages.isEmpty(page) && surplus) {
            if (!wasFull) {
                list.remove(page);
            }
            giveBack(page);
        } else if (wasFull) {
            list.addLast(page);
        }
    }

    private void giveBack(int page) {
        if (pages.isReserve(page)) {
            reservePages--;
        }
        pages.giveBack(page);
        freeHeads -= config.headsPerPage();
        pagesGivenBack++;
    }

    private PageList listOf(int page) {
        return pages.isReserve(page) ? reservePartial : partial;
    }

    private void encodePages(PageList list, StateBytes bytes) {
        list.encode(bytes);
        for (int page = list.first(); page != PageList.NO_PAGE; page = list.after(page)) {
            pages.encodeFreeList(page, bytes);
        }
    }

    /** The index of {@code head}, which must be of this slab. */
    private int index(int head) {
        final int index = head - names;
        if (index < 0 || index >= Head.INDEX_LIMIT) {
            throw new HeadMisuse(
                    HeadMisuse.Rule.WRONG_SLAB,
                    head,
                    node.toString(),
                    "freed to the slab of node=" + node.index() + " kind=" + kind + ", but it belongs to node="
                            + Head.node(head) + " kind=" + (Head.isFclone(head) ? SlabKind.FCLONE : SlabKind.HEAD),
                    "");
        }
        if (!pages.isNumbered(pages.pageOf(index))) {
            throw misuse(HeadMisuse.Rule.WRONG_SLAB, index, "freed, but its page was never made", "");
        }
        return index;
    }

    private void checkOut(int index) {
        if (!pages.isOut(index)) {
            final int page = pages.pageOf(index);
            throw misuse(
                    HeadMisuse.Rule.DOUBLE_FREE,
                    index,
                    "freed, but it is free already",
                    "free list of page " + page + ": " + pages.freeList(page));
        }
    }

    private HeadMisuse misuse(HeadMisuse.Rule rule, int index, String what, String history) {
        final int page = pages.pageOf(index);
        final String facts = what + ": kind=" + kind + " page=" + page + " slot=" + index % config.headsPerPage()
                + " pages=" + pages() + (history.isEmpty() ? "" : " freeOnPage=" + pages.freeCount(page));
        return new HeadMisuse(rule, names + index, node.toString(), facts, history);
    }
}
