package headcache.demos.cli;

import headcache.protocol.Head;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Heads as people name them: {@code n0/17}, {@code n1/f3} for an fclone pair, {@code 17} for {@code n0/17}. */
final class HeadNames implements ITypeConverter<Integer> {
    private static final Pattern NAME = Pattern.compile("(?:n([0-9]{1,9})/)?(f?)([0-9]{1,9})");

    @Override
    public Integer convert(final String name) {
        final Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + name + "' is no head's name; n0/17 is one, n1/f3 a pair of twins");
        }
        final int node = parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1));
        final int index = Integer.parseInt(parts.group(3));
        try {
            return parts.group(2).isEmpty() ? Head.plain(node, index) : Head.fclone(node, index);
        } catch (final IllegalArgumentException outOfRange) {
            throw new TypeConversionException("'" + name + "': " + outOfRange.getMessage());
        }
    }
}
