package headcache.demos.cli;

import headcache.audit.Cut;
import headcache.protocol.SlabKind;
import headcache.workload.RunCut;
import java.io.PrintWriter;
import java.util.List;

/** The cuts of an audit as a table: each line adds up from left to right. */
final class CutText {
    /** Cuts that are shown; of more, the first are, and the last. */
    private static final int SHOWN = 12;

    private CutText() {}

    static void print(final List<RunCut> cuts, final boolean orderDependent, final PrintWriter out) {
        final Table table = new Table(
                "\ncut",
                "packets\ndone",
                "messages\nunder way",
                "\nheads of",
                "in\nslabs",
                "in\ncaches",
                "in\nmessages",
                "in\nuse",
                "\nsum",
                "\nall");
        for (int i = 0; i < cuts.size(); i++) {
            if (i < SHOWN - 1 || i == cuts.size() - 1) {
                rows(table, cuts.get(i), orderDependent ? "~" : "");
            }
        }
        table.print(Format.TABLE, out);
        if (cuts.size() > SHOWN) {
            out.println("before the last, cuts left out here: " + RunText.number(cuts.size() - SHOWN)
                    + "; --format json has each");
        }
    }

    private static void rows(final Table table, final RunCut cut, final String mark) {
        for (int i = 0; i < cut.lines().size(); i++) {
            final Cut.Line line = cut.lines().get(i);
            table.row(
                    i == 0 ? String.valueOf(cut.number()) : "",
                    i == 0 ? mark + RunText.number(cut.packets()) : "",
                    i == 0 ? mark + RunText.number(cut.messages()) : "",
                    home(line),
                    mark + RunText.number(line.inSlab()),
                    mark + RunText.number(line.inCache()),
                    mark + RunText.number(line.inMessages()),
                    mark + RunText.number(line.inUse()),
                    mark + RunText.number(line.sum()),
                    mark + RunText.number(line.all()));
        }
    }

    /** Whose heads a line counts. */
    static String home(final Cut.Line line) {
        return "node-" + line.node() + (line.kind() == SlabKind.FCLONE ? " twins" : "");
    }
}
