package headcache.demos.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What people may have meant by a name that there is not. */
final class NearNames {
    private NearNames() {}

    /** Those of {@code names} that {@code wrong} may have been meant for, the likeliest first; at most three. */
    static List<String> of(final String wrong, final List<String> names) {
        final String plain = plain(wrong);
        final int limit = Math.max(2, plain.length() / 3);
        return names.stream()
                .filter(name -> distance(plain, plain(name)) <= limit
                        || (plain.length() > 2 && plain(name).contains(plain)))
                .sorted(Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                        .thenComparingInt(name -> distance(wrong, name)))
                .limit(3)
                .toList();
    }

    /** What follows a name that there is not: those that may have been meant, or else all there are. */
    static String hint(final String wrong, final List<String> names) {
        final List<String> near = of(wrong, names);
        return near.isEmpty()
                ? "; there are " + String.join(", ", names)
                : "; did you mean " + String.join(", ", near) + "?";
    }

    private static String plain(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The least number of letters to insert, delete or replace (Levenshtein). */
    private static int distance(final String from, final String to) {
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            final int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
