package headcache.kit.control;

import akka.actor.ActorPath;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.RootActorPath;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageQueue;
import akka.dispatch.NodeMessageQueue;
import akka.dispatch.ProducesMessageQueue;
import com.typesafe.config.Config;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** Gives each actor of a scenario a {@link ChannelMailbox}, and every other actor an ordinary one. Akka makes it. */
public final class ChannelMailboxType implements MailboxType, ProducesMessageQueue<MessageQueue> {
    private final Controller controller;

    /** Called by Akka. */
    public ChannelMailboxType(ActorSystem.Settings settings, Config config) {
        controller = Controller.named(settings.config());
    }

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        final String below = owner.isDefined() ? belowStage(owner.get().path()) : null;
        return below == null ? new NodeMessageQueue() : controller.mailbox(below);
    }

    /** The path of an actor of the scenario below the stage, without a slash before it; null for other actors. */
    private static @Nullable String belowStage(ActorPath path) {
        if (isStage(path.parent())) {
            return path.name();
        } else if (isStage(path)) {
            return "";
        }
        final String whole = path.toStringWithoutAddress();
        return whole.startsWith(Controller.SCENARIO + "/") ? whole.substring(Controller.SCENARIO.length() + 1) : null;
    }

    private static boolean isStage(ActorPath path) {
        final ActorPath above = path.parent();
        return path.name().equals(Controller.STAGE)
                && above.name().equals(Controller.USERS)
                && above.parent() instanceof RootActorPath;
    }
}
