package headcache.metrics;

import headcache.protocol.Head;
import java.util.OptionalDouble;

/**
 * Over how many pages the heads of skbs are strewn: pages with at least one of them, divided by the pages that would do if
 * they lay side by side.
 */
final class Fragmentation {
    private final int headsPerPage;

    /** Heads of skbs on each page, under the name of the page's first head. */
    private final PerHead livePerPage = new PerHead();

    private long live;
    private long livePages;
    private long sumPages;
    private long sumPacked;
    private long peakLive;
    private OptionalDouble atPeak = OptionalDouble.empty();

    /** Watches slabs with {@code headsPerPage} heads on a page. */
    Fragmentation(int headsPerPage) {
        this.headsPerPage = headsPerPage;
    }

    /** {@code head} is in an skb from now on. */
    void took(int head) {
        final int page = pageOf(head);
        final int before = livePerPage.get(page);
        livePerPage.set(page, before + 1);
        if (before == 0) {
            livePages++;
        }
        live++;
        if (live > peakLive) {
            peakLive = live;
            atPeak = Ratio.of(livePages, packed());
        }
        sample();
    }

    /** {@code head} is in no skb any more. */
    void freed(int head) {
        final int page = pageOf(head);
        final int left = livePerPage.get(page) - 1;
        livePerPage.set(page, left);
        if (left == 0) {
            livePages--;
        }
        live--;
        sample();
    }

    private int pageOf(int head) {
        return head - Head.index(head) % headsPerPage;
    }

    private void sample() {
        sumPages += livePages;
        sumPacked += packed();
    }

    private long packed() {
        return (live + headsPerPage - 1) / headsPerPage;
    }

    /** Pages for each page needed, in the mean over operations. */
    OptionalDouble mean() {
        return Ratio.of(sumPages, sumPacked);
    }

    /** The same at the first moment at which the most heads were in skbs. */
    OptionalDouble atPeak() {
        return atPeak;
    }
}
