package headcache.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways in which a text file goes wrong. */
enum Damage {
    /** A character became another. */
    CHARACTER {
        @Override
        String of(String text, Random random) {
            final char[] characters = text.toCharArray();
            characters[random.nextInt(characters.length)] = (char) (random.nextInt(127) + 1);
            return new String(characters);
        }
    },
    /** The file ends early. */
    CUT {
        @Override
        String of(String text, Random random) {
            return text.substring(0, random.nextInt(text.length()));
        }
    },
    /** A piece is missing. */
    HOLE {
        @Override
        String of(String text, Random random) {
            final int from = random.nextInt(text.length());
            final int to = Math.min(text.length(), from + 1 + random.nextInt(200));
            return text.substring(0, from) + text.substring(to);
        }
    },
    /** A line is there twice. */
    LINE_TWICE {
        @Override
        String of(String text, Random random) {
            final List<String> lines = lines(text);
            final int at = random.nextInt(lines.size());
            lines.add(at, lines.get(at));
            return join(lines);
        }
    },
    /** A line is missing. */
    LINE_MISSING {
        @Override
        String of(String text, Random random) {
            final List<String> lines = lines(text);
            lines.remove(random.nextInt(lines.size()));
            return join(lines);
        }
    },
    /** Two lines changed places. */
    LINES_SWAPPED {
        @Override
        String of(String text, Random random) {
            final List<String> lines = lines(text);
            final int one = random.nextInt(lines.size());
            final int other = random.nextInt(lines.size());
            final String line = lines.get(one);
            lines.set(one, lines.get(other));
            lines.set(other, line);
            return join(lines);
        }
    },
    /** Some number became another, of which there are strange ones. */
    NUMBER {
        @Override
        String of(String text, Random random) {
            final List<MatchResult> numbers = DIGITS.matcher(text).results().toList();
            final MatchResult number = numbers.get(random.nextInt(numbers.size()));
            final String other = NUMBERS.get(random.nextInt(NUMBERS.size()));
            return text.substring(0, number.start()) + other + text.substring(number.end());
        }
    },
    /** The line became very long. */
    LONG_LINE {
        @Override
        String of(String text, Random random) {
            final int at = random.nextInt(text.length());
            return text.substring(0, at) + "1;".repeat(random.nextInt(60_000)) + text.substring(at);
        }
    };

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "5",
            "-1",
            "63",
            "64",
            "300",
            "4095",
            "4096",
            "65535",
            "65536",
            "4194303",
            "4194304",
            "2147483647",
            "2147483648",
            "99999999999999999999",
            "0x10",
            "1e9");

    abstract String of(String text, Random random);

    private static List<String> lines(String text) {
        return new ArrayList<>(Arrays.asList(text.split("\n")));
    }

    private static String join(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
