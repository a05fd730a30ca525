package headcache.verify.scene;

import headcache.machine.MachineConfig;
import headcache.verify.Command;
import java.util.List;

/**
 * A small machine and what it is told to do, to be run under every interleaving.
 *
 * @param name what it is called on the command line
 * @param danger what can go wrong in it, in one sentence
 * @param machine the machine
 * @param scripts what each driver tells it; drivers know nothing of one another
 */
public record Scene(String name, String danger, MachineConfig machine, List<List<Command>> scripts) {}
