package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;
import java.util.Arrays;

/**
 * The server of netperf's and neper's {@code TCP_RR}: 64 connections for each CPU, on each of which one request and one
 * response go by turns. A request is taken by the poll of the CPU that its connection hashes to, and ends with the task
 * that reads it, on whatever CPU that is. The task sends the response: {@code alloc_skb_fclone}, for it is kept until it
 * is acknowledged, and its companion ({@code skb_clone}) for the NIC. The companion's completion comes to the CPU that
 * takes the connection's requests, and the next request acknowledges the response.
 *
 * <p>Twins never enter a head cache, and what a task frees does not either. So until 5.19 nothing is ever put, and a
 * server of small requests only refills; from then on a request that was read elsewhere goes home ({@code
 * skb_attempt_defer_free}, 68822bdf76f1). A request is three packets: its skb, the response and the companion, which has
 * its half of the response's pair and needs no head.
 */
final class TcpRr extends Traffic {
    /** Connections for each CPU. */
    static final int CONNECTIONS = 64;

    private static final int NONE = -1;

    /** By connection: the CPU of the task that reads it. */
    private final int[] reader;

    /** By connection: the skbs of its request and its response, and the response's companion; {@link #NONE} if not there. */
    private final int[] request;

    private final int[] response;
    private final int[] companion;

    /** By CPU that takes their requests: connections whose client has the turn. */
    private final IntQueue[] idle;

    /** The same of connections that have a request to be read. */
    private final IntQueue[] readable;

    /** The same of connections whose response was sent and is not completed. */
    private final IntQueue[] sent;

    TcpRr(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        final int connections = cpus * CONNECTIONS;
        reader = new int[connections];
        request = new int[connections];
        response = new int[connections];
        companion = new int[connections];
        Arrays.fill(response, NONE);
        idle = IntQueue.make(cpus, CONNECTIONS);
        readable = IntQueue.make(cpus, CONNECTIONS);
        sent = IntQueue.make(cpus, CONNECTIONS);
        for (int connection = 0; connection < connections; connection++) {
            reader[connection] = dice.roll(cpus);
            idle[connection % cpus].add(connection);
        }
    }

    private TcpRr(TcpRr other) {
        super(other);
        reader = other.reader;
        request = other.request.clone();
        response = other.response.clone();
        companion = other.companion.clone();
        idle = IntQueue.copy(other.idle);
        readable = IntQueue.copy(other.readable);
        sent = IntQueue.copy(other.sent);
    }

    @Override
    void round() {
        final int cpu = dice.roll(cpus);
        if (!readable[cpu].isEmpty()) {
            read(cpu, dice.between(1, readable[cpu].size()));
        }
        completeSent(cpu);
        if (!idle[cpu].isEmpty()) {
            receive(cpu, dice.between(1, idle[cpu].size()));
        }
        pollEnds(cpu);
    }

    /** The poll's first part: companions are consumed, and their clients get the responses. */
    private void completeSent(int cpu) {
        while (!sent[cpu].isEmpty()) {
            final int connection = sent[cpu].remove();
            end(companion[connection], kinds.consume, cpu);
            idle[cpu].add(connection);
        }
    }

    /** The poll's second part; each request acknowledges the response before. */
    private void receive(int cpu, int requests) {
        for (int i = 0; i < requests && mayBegin(); i++) {
            final int connection = idle[cpu].remove();
            request[connection] = begin(kinds.small, cpu);
            on(request[connection], kinds.own, cpu);
            acknowledge(connection, cpu);
            readable[cpu].add(connection);
        }
    }

    private void acknowledge(int connection, int cpu) {
        if (response[connection] != NONE) {
            end(response[connection], kinds.kfree, cpu);
            response[connection] = NONE;
        }
    }

    private void read(int cpu, int requests) {
        for (int i = 0; i < requests; i++) {
            final int connection = readable[cpu].remove();
            end(request[connection], kinds.handBack, reader[connection], Context.TASK);
            respond(connection, cpu);
        }
    }

    private void respond(int connection, int cpu) {
        final int task = reader[connection];
        if (mayBegin()) {
            response[connection] = begin(kinds.pair, task, Context.TASK);
            on(response[connection], kinds.own, task, Context.TASK);
        }
        if (mayBegin()) {
            companion[connection] = beginClone(response[connection], kinds.companion, task, Context.TASK);
            sent[cpu].add(connection);
        }
    }

    @Override
    void finish(int cpu) {
        read(cpu, readable[cpu].size());
        completeSent(cpu);
        for (int connection = cpu; connection < reader.length; connection += cpus) {
            acknowledge(connection, cpu);
        }
        pollEnds(cpu);
    }

    @Override
    public OpStream copy() {
        return new TcpRr(this);
    }
}
