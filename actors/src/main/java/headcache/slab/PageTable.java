package headcache.slab;

import headcache.step.StateBytes;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The pages of a slab and the free list inside each: which heads of a page are free, in the order in which they
 * will be handed out.
 *
 * <p>A head is known here by its index, {@code page * headsPerPage + slot}. As in SLUB the free list is threaded
 * through the free objects themselves: each has one link, which names the next free slot of its page. A head that
 * is out has a mark in its place, so a second free is noticed at once.
 *
 * <p>Everything grows with the pages made: 4 bytes for each head, 13 for each page, at most twice that.
 */
final class PageTable {
    /** In a link: the free list ends here. */
    static final int END = -1;

    private static final int OUT = -2;

    private static final int SHOWN = 8;

    private final int headsPerPage;

    private int[] links = new int[0];
    private int[] firstFree = new int[0];
    private int[] freeCount = new int[0];
    private boolean[] reserve = new boolean[0];

    /** Page numbers from 0 that were in use at some time. */
    private int numbered;

    /** Numbers of pages given back; the last one is used first, as the page allocator hands out the warmest. */
    private int[] spare = new int[0];

    private int spares;

    PageTable(int headsPerPage) {
        this.headsPerPage = headsPerPage;
    }

    private PageTable(PageTable other) {
        headsPerPage = other.headsPerPage;
        links = other.links.clone();
        firstFree = other.firstFree.clone();
        freeCount = other.freeCount.clone();
        reserve = other.reserve.clone();
        numbered = other.numbered;
        spare = other.spare.clone();
        spares = other.spares;
    }

    /** Makes a page and returns its number; its free list names the slots in ascending order. */
    int make(boolean fromReserve) {
        final int page = spares > 0 ? spare[--spares] : number();
        final int base = page * headsPerPage;
        for (int slot = 0; slot < headsPerPage - 1; slot++) {
            links[base + slot] = slot + 1;
        }
        links[base + headsPerPage - 1] = END;
        firstFree[page] = 0;
        freeCount[page] = headsPerPage;
        reserve[page] = fromReserve;
        return page;
    }

    /** Gives an empty page back; its heads stay free, so freeing one of them again is noticed. */
    void giveBack(int page) {
        if (spares == spare.length) {
            spare = Arrays.copyOf(spare, 2 * spares + 1);
        }
        spare[spares++] = page;
        reserve[page] = false;
    }

    /** How many pages there are. */
    int pages() {
        return numbered - spares;
    }

    /** The page of the head {@code index}. */
    int pageOf(int index) {
        return index / headsPerPage;
    }

    /** Whether {@code page} has ever been made. */
    boolean isNumbered(int page) {
        return page < numbered;
    }

    boolean isOut(int index) {
        return links[index] == OUT;
    }

    int freeCount(int page) {
        return freeCount[page];
    }

    /** The pages that there are now, by number. */
    BitSet inUse() {
        final BitSet inUse = new BitSet(numbered);
        inUse.set(0, numbered);
        for (int i = 0; i < spares; i++) {
            inUse.clear(spare[i]);
        }
        return inUse;
    }

    /** Whether every head of {@code page} is free. */
    boolean isEmpty(int page) {
        return freeCount[page] == headsPerPage;
    }

    /** Whether {@code page} came from the emergency reserve ({@code pfmemalloc}). */
    boolean isReserve(int page) {
        return reserve[page];
    }

    /** Takes {@code taken} heads off the free list of {@code page}, adds {@code names} to each, and stores them. */
    void pop(int page, int taken, int names, int[] into, int at) {
        final int base = page * headsPerPage;
        int slot = firstFree[page];
        for (int i = 0; i < taken; i++) {
            into[at + i] = names + base + slot;
            final int next = links[base + slot];
            links[base + slot] = OUT;
            slot = next;
        }
        firstFree[page] = slot;
        freeCount[page] -= taken;
    }

    /** Links the head {@code index} before the slot {@code next} of its page; returns its own slot. */
    int link(int index, int next) {
        links[index] = next;
        return index % headsPerPage;
    }

    /**
     * Puts a chain of linked heads before the free list of {@code page}: what SLUB does with one
     * compare-exchange.
     *
     * @param first slot at the head of the chain
     * @param tail index of the head at its end
     * @param length heads in it
     */
    void push(int page, int first, int tail, int length) {
        links[tail] = firstFree[page];
        firstFree[page] = first;
        freeCount[page] += length;
    }

    /** The free list of {@code page} for people: {@code 3 1 0}, at most eight slots. */
    String freeList(int page) {
        final StringBuilder text = new StringBuilder();
        int slot = firstFree[page];
        for (int i = 0; slot != END && i < SHOWN; i++) {
            text.append(i == 0 ? "" : " ").append(slot);
            slot = links[page * headsPerPage + slot];
        }
        return text.append(slot == END ? "" : " ...").toString();
    }

    PageTable copy() {
        return new PageTable(this);
    }

    /** Writes which page numbers are in use and which will be used next. */
    void encodeNumbers(StateBytes bytes) {
        // The highest number, if it is the last to be used again, is as good as one never used; and so on down.
        int dropped = 0;
        while (dropped < spares && spare[dropped] == numbered - 1 - dropped) {
            dropped++;
        }
        bytes.put(numbered - dropped);
        bytes.put(spares - dropped);
        for (int i = dropped; i < spares; i++) {
            bytes.put(spare[i]);
        }
    }

    /** Writes which pages came from the reserve. */
    void encodeReserve(StateBytes bytes) {
        for (int page = 0; page < numbered; page++) {
            if (reserve[page]) {
                bytes.put(page);
            }
        }
    }

    /** Writes the free list of {@code page}. */
    void encodeFreeList(int page, StateBytes bytes) {
        bytes.put(freeCount[page]);
        for (int slot = firstFree[page]; slot != END; slot = links[page * headsPerPage + slot]) {
            bytes.put(slot);
        }
    }

    private int number() {
        if (numbered == firstFree.length) {
            final int pages = 2 * numbered + 1;
            firstFree = Arrays.copyOf(firstFree, pages);
            freeCount = Arrays.copyOf(freeCount, pages);
            reserve = Arrays.copyOf(reserve, pages);
            links = Arrays.copyOf(links, pages * headsPerPage);
        }
        return numbered++;
    }
}
