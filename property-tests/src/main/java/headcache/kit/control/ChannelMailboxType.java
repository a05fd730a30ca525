package headcache.kit.control;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageQueue;
import akka.dispatch.NodeMessageQueue;
import akka.dispatch.ProducesMessageQueue;
import com.typesafe.config.Config;
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
        final String path = owner.isDefined() ? owner.get().path().toStringWithoutAddress() : "";
        return path.startsWith(Controller.SCENARIO)
                ? controller.mailbox(path.substring(Controller.SCENARIO.length()))
                : new NodeMessageQueue();
    }
}
