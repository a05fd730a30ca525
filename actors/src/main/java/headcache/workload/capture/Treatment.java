package headcache.workload.capture;

/** What becomes of the head of a received frame in the poll that receives it. */
public enum Treatment {
    /** GRO took its data into another unit; the head is put back at once. */
    MERGED("merged, put at once"),
    /** GRO made it a member of another unit's list; the head goes where the unit goes, and later past the cache. */
    LIST_MEMBER("list members"),
    /** It is the head of a unit that is handed up, of one frame or more. */
    HANDED_UP("units handed up");

    private final String label;

    Treatment(String label) {
        this.label = label;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }
}
