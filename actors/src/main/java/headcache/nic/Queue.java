package headcache.nic;

import headcache.protocol.CpuId;
import headcache.protocol.NapiId;

/**
 * A queue pair of a NIC: a receive ring and a transmit ring, one interrupt, one NAPI instance.
 *
 * @param napi the NAPI instance that serves it
 * @param cpu where its interrupt goes
 */
public record Queue(NapiId napi, CpuId cpu) {}
