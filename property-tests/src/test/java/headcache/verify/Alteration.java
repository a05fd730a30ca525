package headcache.verify;

import headcache.verify.RecordedKernel.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ways to falsify a recording so that it no longer tells what its kernel did. */
enum Alteration {
    /** A get, or a list of a bulk_free, has another object. */
    OBJECT_SWAPPED {
        @Override
        boolean suits(List<Row> rows, int at) {
            return (rows.get(at).event().equals("get")
                            && !rows.get(at).objects().isEmpty())
                    || rows.get(at).event().equals("bulk_free");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final String[] objects = rows.get(at).objects().split(";");
            objects[choice % objects.length] = String.valueOf(UNHEARD_OF + choice);
            rows.set(at, rows.get(at).withObjects(String.join(";", objects)));
        }
    },
    /** A bulk_free keeps another object. */
    KEPT_SWAPPED {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).event().equals("bulk_free")
                    && !rows.get(at).detail().endsWith("=");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final String detail = rows.get(at).detail();
            rows.set(at, rows.get(at).withDetail(detail.replaceFirst("\\d+$", String.valueOf(UNHEARD_OF + choice))));
        }
    },
    /** A row of a cache is missing, and the others were numbered again. */
    EVENT_DROPPED {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).isCacheEvent();
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            rows.remove(at);
        }
    },
    /** Two neighbouring rows of one cache have changed places. */
    ORDER_CHANGED {
        @Override
        boolean suits(List<Row> rows, int at) {
            final int next = nextOfCache(rows, at);
            return next > 0 && !rows.get(at).equals(rows.get(next));
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final int next = nextOfCache(rows, at);
            final Row row = rows.get(at);
            rows.set(at, rows.get(next));
            rows.set(next, row);
        }
    },
    /** A bulk_free has one head less, and keeps it. */
    FLUSH_TOO_SMALL {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).event().equals("bulk_free");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final List<String> objects =
                    new ArrayList<>(Arrays.asList(rows.get(at).objects().split(";")));
            final String kept = objects.remove(0);
            final String detail = rows.get(at).detail();
            final boolean none = detail.endsWith("=");
            rows.set(
                    at,
                    rows.get(at)
                            .withObjects(String.join(";", objects))
                            .withDetail(
                                    detail.replaceFirst("n=\\d+", "n=" + objects.size()) + (none ? "" : ";") + kept));
        }
    },
    /** A count is one more. */
    COUNT_WRONG {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).detail().startsWith("count=");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final String detail = rows.get(at).detail();
            final int end = detail.indexOf(' ');
            final int count = Integer.parseInt(detail.substring("count=".length(), end));
            rows.set(at, rows.get(at).withDetail("count=" + (count + 1) + detail.substring(end)));
        }
    },
    /** A head is put a second time. */
    PUT_TWICE {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).event().equals("put");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            rows.add(at, rows.get(at));
        }
    },
    /** What a get took from the cache came from the slab instead. */
    WAY_CHANGED {
        @Override
        boolean suits(List<Row> rows, int at) {
            return rows.get(at).event().equals("put");
        }

        @Override
        void apply(List<Row> rows, int at, int choice) {
            final Row row = rows.get(at);
            final String detail = "cache=head site=napi_consume_skb ctx=softirq";
            rows.set(at, new Row(row.cpu(), "slab_free", row.objects(), detail));
        }
    };

    private static final int UNHEARD_OF = 100_000;

    abstract boolean suits(List<Row> rows, int at);

    abstract void apply(List<Row> rows, int at, int choice);

    /** Falsifies a copy of {@code rows} at a place that suits; the same rows if there is none. */
    List<Row> of(List<Row> rows, int choice) {
        final List<Integer> places = IntStream.range(0, rows.size())
                .filter(at -> suits(rows, at))
                .boxed()
                .collect(Collectors.toList());
        final List<Row> altered = new ArrayList<>(rows);
        if (!places.isEmpty()) {
            apply(altered, places.get(choice % places.size()), choice);
        }
        return altered;
    }

    private static int nextOfCache(List<Row> rows, int at) {
        for (int next = at + 1; rows.get(at).isCacheEvent() && next < rows.size(); next++) {
            if (rows.get(next).cpu() == rows.get(at).cpu() && rows.get(next).isCacheEvent()) {
                return next;
            }
        }
        return -1;
    }
}
