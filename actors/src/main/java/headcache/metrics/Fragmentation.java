package headcache.metrics;

import java.util.OptionalDouble;

/**
 * Over how many pages the heads of skbs are strewn: pages with at least one of them, divided by the pages that would do if
 * they lay side by side.
 */
final class Fragmentation {
    private final Pages pages;

    /** Heads of skbs on each page, under the name of the page's first head. */
    private final PerHead livePerPage = new PerHead();

    private long live;
    private long livePages;

    /** The fewest pages that would hold the heads of all skbs. */
    private long packed;

    private long sumPages;
    private long sumPacked;
    private long peakLive;
    private long pagesAtPeak;
    private long packedAtPeak;

    /** Watches slabs with {@code headsPerPage} heads on a page. */
    Fragmentation(int headsPerPage) {
        pages = new Pages(headsPerPage);
    }

    /** {@code head} is in an skb from now on. */
    void took(int head) {
        final int page = pages.firstOn(head);
        final int before = livePerPage.get(page);
        livePerPage.set(page, before + 1);
        if (before == 0) {
            livePages++;
        }
        if (live == packed * pages.heads()) {
            packed++;
        }
        live++;
        if (live > peakLive) {
            peakLive = live;
            pagesAtPeak = livePages;
            packedAtPeak = packed;
        }
        sample();
    }

    /** {@code head} is in no skb any more. */
    void freed(int head) {
        final int page = pages.firstOn(head);
        final int left = livePerPage.get(page) - 1;
        livePerPage.set(page, left);
        if (left == 0) {
            livePages--;
        }
        live--;
        if (live == (packed - 1) * pages.heads()) {
            packed--;
        }
        sample();
    }

    private void sample() {
        sumPages += livePages;
        sumPacked += packed;
    }

    /** Pages for each page needed, in the mean over operations. */
    OptionalDouble mean() {
        return Ratio.of(sumPages, sumPacked);
    }

    /** The same at the first moment at which the most heads were in skbs. */
    OptionalDouble atPeak() {
        return Ratio.of(pagesAtPeak, packedAtPeak);
    }
}
