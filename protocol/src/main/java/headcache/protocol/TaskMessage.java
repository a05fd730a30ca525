package headcache.protocol;

/** What a task, process context pinned to a CPU, is told. */
public sealed interface TaskMessage extends Message
        permits TaskMessage.Deliver,
                CpuMessage.Batch,
                CpuMessage.Deferred,
                CpuMessage.Peeked,
                CpuMessage.Report,
                SlabReply,
                Connect,
                Via,
                Marker {

    /** Received skbs; the task reads them and ends each as its kernel does then. Handed over. */
    record Deliver(Skb[] skbs) implements TaskMessage {}
}
