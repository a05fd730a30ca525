package headcache.demos.cli;

import java.util.regex.Pattern;

/** A word as a POSIX shell takes it. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=,:@%+-]+");

    private ShellWord() {}

    /** The word itself where it means itself, otherwise in single quotes. */
    static String of(final String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
