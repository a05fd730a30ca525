package headcache.verify.scene;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import headcache.protocol.ActorName;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Message;
import headcache.step.Step;
import headcache.verify.DriverStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Actors that stay from run to run, each in its role. */
final class Ensemble {
    /** In the order in which they are cast. */
    private final List<Role<?>> roles = new ArrayList<>();

    private final List<ActorRef<DriverMessage>> drivers = new ArrayList<>();

    /** Spawns {@code players} for a first run, and forgets whom it has spawned before. */
    void spawn(ActorContext<?> context, Players players, Troupe.Casting casting) {
        roles.clear();
        drivers.clear();
        drivers.addAll(Troupe.spawn(context, players, new Troupe.Casting() {
            @Override
            public <M extends Message> Troupe.Played<M> play(ActorName who, Step<M> step) {
                final Role<M> role = new Role<>(casting.play(who, step));
                roles.add(role);
                return new Troupe.Played<>(role, role);
            }
        }));
    }

    /** Tells the drivers, the collector of an audit included, what {@code players} begin with. */
    void begin(Players players) {
        for (int i = 0; i < drivers.size(); i++) {
            players.begin(i).forEach(drivers.get(i)::tell);
        }
    }

    /** Tells the first {@code count} drivers to begin their next phase, and to tell {@code boss} when it is over. */
    void go(int count, DriverId boss) {
        for (int i = 0; i < count; i++) {
            drivers.get(i).tell(DriverStep.go(boss));
        }
    }

    /** Lets the actors play {@code players} from now on, who must be of the same scene as those they were spawned for. */
    void recast(Players players, Troupe.Casting casting) {
        final Iterator<Role<?>> next = roles.iterator();
        Troupe.cast(players, new Troupe.Casting() {
            @Override
            @SuppressWarnings("unchecked") // Parts come in one order, so this one is of the kind that it was before.
            public <M extends Message> Troupe.Played<M> play(ActorName who, Step<M> step) {
                final Troupe.Played<M> played = casting.play(who, step);
                ((Role<M>) next.next()).play(played);
                return played;
            }
        });
    }
}
