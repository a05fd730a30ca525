package headcache.protocol;

/** The counters of one part of the machine at one moment. */
public sealed interface Report permits CpuReport, NodeReport, DepotReport, TaskReport, NicReport {}
