package headcache.memory;

import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.protocol.SlabPhase;

/**
 * Where a request is on its way round the nodes.
 *
 * @param phase what it looks for
 * @param visited how many nodes other than the one asked first this phase has come to; 0 while it is there
 */
record Place(SlabPhase phase, int visited) {

    static Place of(PassedOn request) {
        return new Place(request.phase(), request.visited());
    }

    /** The node of this place, for a request that was first asked at {@code origin}. */
    NodeId node(ZoneLists zones, NodeId origin) {
        return visited == 0 ? origin : zones.other(origin, visited - 1);
    }

    /** The next place of the same phase. */
    Place further() {
        return new Place(phase, visited + 1);
    }
}
