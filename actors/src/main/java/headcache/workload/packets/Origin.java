package headcache.workload.packets;

/**
 * Where a head comes from that a transmit completion gives back.
 *
 * @param device the NIC that received a frame on it, or empty if it held no received frame
 * @param frame the number of that frame among those the NIC received, from 0 on
 */
record Origin(String device, int frame) {
    /** A head of a frame that this machine made itself: a piece of a unit cut up in software, or its own packet. */
    static final Origin OWN = new Origin("", 0);

    @Override
    public String toString() {
        return equals(OWN) ? "a head of its own" : "the head of frame " + (frame + 1) + " from " + device;
    }
}
