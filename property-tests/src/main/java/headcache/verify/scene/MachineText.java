package headcache.verify.scene;

import headcache.kit.control.MessageText;
import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Skb;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of the machine as people read them: actors and heads by their names. */
final class MachineText {
    private static final Set<String> HEADS = Set.of("head", "heads", "collected");
    private static final MessageText TEXT = new MessageText(MachineText::known);

    private MachineText() {}

    static String of(@Nullable Object message) {
        return message == null ? "" : TEXT.text(message);
    }

    private static @Nullable String known(String component, Object value) {
        if (value instanceof ActorName) {
            return value.toString();
        } else if (value instanceof Skb skb) {
            return "skb " + Head.name(skb.head()) + (skb.users() == 1 ? "" : " users=" + skb.users())
                    + (skb.holds() == 0 ? "" : " holds=" + skb.holds());
        }
        return value instanceof Integer head && HEADS.contains(component) ? Head.name(head) : null;
    }
}
