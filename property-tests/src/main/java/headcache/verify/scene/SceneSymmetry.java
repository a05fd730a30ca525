package headcache.verify.scene;

import headcache.kit.state.Names;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which CPUs of a scene, with their tasks and drivers, can change places so that nothing but their names changes:
 * those of one node, if every script becomes the script of some driver.
 */
final class SceneSymmetry {
    private static final Pattern OWNER = Pattern.compile("\\b(cpu|task)-(\\d+)\\b");

    private SceneSymmetry() {}

    /** All such exchanges but the one that changes nothing. */
    static List<Names> of(Scene scene, MachineCast cast) {
        final List<List<String>> scripts = scene.scripts().stream()
                .map(script -> script.stream().map(Object::toString).toList())
                .toList();
        final Topology topology = scene.machine().topology();
        final List<Names> found = new ArrayList<>();
        if (!scene.machine().nics().isEmpty()) {
            return found; // the queues of a NIC name CPUs
        }
        permutations(topology.cpus(), cpus -> {
            if (isWithinNodes(cpus, topology)) {
                permutations(scripts.size(), drivers -> {
                    if (isSame(scripts, cpus, drivers) && !(isIdentity(cpus) && isIdentity(drivers))) {
                        found.add(names(cast, cpus, drivers));
                    }
                });
            }
        });
        return found;
    }

    private static boolean isWithinNodes(int[] cpus, Topology topology) {
        return IntStream.range(0, cpus.length)
                .allMatch(cpu -> topology.nodeOfCpu()
                        .get(cpu)
                        .equals(topology.nodeOfCpu().get(cpus[cpu])));
    }

    private static boolean isSame(List<List<String>> scripts, int[] cpus, int[] drivers) {
        return IntStream.range(0, drivers.length)
                .allMatch(driver -> scripts.get(driver).stream()
                        .map(command -> renamed(command, cpus))
                        .toList()
                        .equals(scripts.get(drivers[driver])));
    }

    /** A command as it prints, which says all of it, with other CPUs. */
    private static String renamed(String command, int[] cpus) {
        return OWNER.matcher(command)
                .replaceAll(owner -> owner.group(1) + "-" + cpus[Integer.parseInt(owner.group(2))]);
    }

    private static boolean isIdentity(int[] permutation) {
        return IntStream.range(0, permutation.length).allMatch(i -> permutation[i] == i);
    }

    private static Names names(MachineCast cast, int[] cpus, int[] drivers) {
        final int[] names = Names.own(cast.actors()).of();
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            names[cast.number(new CpuId(cpu))] = cast.number(new CpuId(cpus[cpu]));
            names[cast.number(new TaskId(cpu))] = cast.number(new TaskId(cpus[cpu]));
        }
        for (int driver = 0; driver < drivers.length; driver++) {
            names[cast.number(new DriverId(driver))] = cast.number(new DriverId(drivers[driver]));
        }
        return new Names(names);
    }

    private static void permutations(int length, Consumer<int[]> each) {
        permute(Names.own(length).of(), 0, each);
    }

    private static void permute(int[] some, int from, Consumer<int[]> each) {
        if (from == some.length) {
            each.accept(some.clone());
            return;
        }
        for (int i = from; i < some.length; i++) {
            swap(some, from, i);
            permute(some, from + 1, each);
            swap(some, from, i);
        }
    }

    private static void swap(int[] some, int i, int j) {
        final int kept = some[i];
        some[i] = some[j];
        some[j] = kept;
    }
}
