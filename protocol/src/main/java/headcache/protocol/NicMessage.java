package headcache.protocol;

/** What a network interface is told. */
public sealed interface NicMessage extends Message
        permits NicMessage.Arrive,
                NicMessage.Receive,
                NicMessage.Transmit,
                NicMessage.PollDone,
                CpuMessage.Report,
                Connect,
                Via,
                Marker {

    /** Frames that arrive from the wire, in order: the NIC steers each to a queue by the hash of its flow. Handed over. */
    record Arrive(Hashed[] frames) implements NicMessage {}

    /**
     * A frame with the hash of its flow.
     *
     * @param hash the receive-side scaling hash, such as Microsoft's Toeplitz hash of addresses and ports
     */
    record Hashed(int hash, Frame frame) {}

    /** Frames that arrive at a queue, steered by whoever sends this; they wait in its ring for a poll. Handed over. */
    record Receive(int queue, Frame[] frames) implements NicMessage {}

    /** Skbs to send from a queue; completed by a later poll of it. A driver may play the NIC. Handed over. */
    record Transmit(int queue, Skb[] skbs) implements NicMessage, DriverMessage {}

    /**
     * A poll has ended.
     *
     * @param cpu where it ran
     * @param napi the NAPI instance
     * @param received frames that got a head
     * @param dropped frames that got none, because the get failed or the backlog was full
     * @param stillShared completions that others still hold, with one reference less; handed over
     */
    record PollDone(CpuId cpu, NapiId napi, int received, int dropped, Skb[] stillShared)
            implements NicMessage, DriverMessage {}
}
