package headcache.workload.generated;

/** Seeded dice that can be copied (SplitMix64). */
final class Dice {
    private static final int THOUSAND = 1000;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** A number from 0 to one less than {@code sides}. */
    int roll(int sides) {
        state += 0x9e3779b97f4a7c15L;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return (int) (((mixed >>> 32) * sides) >>> 32);
    }

    /** A number from {@code least} to {@code most}. */
    int between(int least, int most) {
        return least + roll(most - least + 1);
    }

    /** Yes, {@code thousandths} times in a thousand. */
    boolean says(int thousandths) {
        return roll(THOUSAND) < thousandths;
    }

    /** A number from 1 to {@code most}, {@code mean} on average as long as that is far below {@code most}. */
    int around(int mean, int most) {
        int number = 1;
        while (number < most && roll(mean) != 0) {
            number++;
        }
        return number;
    }

    Dice copy() {
        return new Dice(state);
    }
}
