/*
 * The protocol of headcache in Promela, for the scene memory-for-two-of-three: each of three CPUs has a driver that gets
 * two heads there and puts both back, and the slab has two pages of two heads. It exists to be compared in speed, and so
 * has exactly the states that the scene has for the other engines: 449,368.
 *
 * What differs from the specification in TLA+: there is one scene and no other, a refill and a spill carry one head, as
 * in that scene, and what cannot vary there is not stored: keys of batches, slots, the CPU that allocated an skb.
 */
#define CPUS 3
#define CAPACITY 2
#define HEADS_PER_PAGE 2
#define PAGES 2
#define WANTED 2                /* heads that each driver gets */

#define NONE 0                  /* heads are 1 to PAGES * HEADS_PER_PAGE */

#define nothing 0
mtype = { get, put, over, done, failed, cancelled, refill, spill, allocated, freed };

/* One channel for each pair of actors. */
chan toCpu[CPUS] = [WANTED] of { mtype, byte };
chan toDriver[CPUS] = [WANTED] of { mtype, byte };
chan toSlab[CPUS] = [1] of { mtype, byte };
chan fromSlab[CPUS] = [1] of { mtype, byte };

/* A CPU: what is parked, the work at hand, the work that waits. It stands still while there is work at hand. */
typedef Cpu { byte parked[CAPACITY]; byte count; mtype work };
Cpu cpu[CPUS];
chan backlog[CPUS] = [WANTED] of { mtype, byte };

/* The slab: the free list of each page, the partial list, the spare page numbers. Behind their ends all is zero. */
typedef Page { byte free[HEADS_PER_PAGE]; byte count };
Page page[PAGES];
byte partial[PAGES];
byte partials;
byte spare[PAGES] = { 0, 1 };
byte spares = PAGES;

/* A driver: how many answers it has, and one for having begun. */
byte answers[CPUS];

/* Used within a step only, and no part of the state. */
hidden mtype op;
hidden byte h, p, k, at;

inline begin(i) {
  if
  :: op == get && cpu[i].count > 0 ->
     cpu[i].count--; toDriver[i]!done,cpu[i].parked[cpu[i].count]; cpu[i].parked[cpu[i].count] = NONE
  :: op == get && cpu[i].count == 0 -> cpu[i].work = get; toSlab[i]!refill,NONE
  :: op == put && h == NONE -> toDriver[i]!cancelled,NONE
  :: op == put && h != NONE && cpu[i].count < CAPACITY - 1 ->
     cpu[i].parked[cpu[i].count] = h; cpu[i].count++; toDriver[i]!done,NONE
  :: op == put && h != NONE && cpu[i].count == CAPACITY - 1 ->
     cpu[i].work = over; toSlab[i]!spill,h  /* the newest, which is the one just put */
  fi
}

inline proceed(i) {
  do
  :: cpu[i].work == nothing && len(backlog[i]) > 0 -> backlog[i]?op,h; begin(i)
  :: else -> break
  od
}

/* Macros, because an inline cannot have an array as its argument. */
#define takeFirst(list, length) \
  k = 1; \
  do \
  :: k < length -> list[k - 1] = list[k]; k++ \
  :: else -> break \
  od; \
  length--; list[length] = 0

#define putFirst(list, length, value) \
  k = length; \
  do \
  :: k > 0 -> list[k] = list[k - 1]; k-- \
  :: else -> break \
  od; \
  list[0] = value; length++

inline allocate() {
  h = NONE;
  if
  :: partials == 0 && spares > 0 ->
     p = spare[0]; takeFirst(spare, spares);
     at = 0;
     do
     :: at < HEADS_PER_PAGE -> page[p].free[at] = p * HEADS_PER_PAGE + at + 1; at++
     :: else -> break
     od;
     page[p].count = HEADS_PER_PAGE; partial[0] = p; partials = 1
  :: else
  fi;
  if
  :: partials > 0 ->
     p = partial[0]; h = page[p].free[0]; takeFirst(page[p].free, page[p].count);
     if
     :: page[p].count == 0 -> takeFirst(partial, partials)
     :: else
     fi
  :: else
  fi
}

inline release() {
  p = (h - 1) / HEADS_PER_PAGE;
  putFirst(page[p].free, page[p].count, h);
  if
  :: page[p].count == 1 && HEADS_PER_PAGE > 1 -> partial[partials] = p; partials++
  :: else
  fi;
  if
  :: page[p].count == HEADS_PER_PAGE ->
     at = 0;
     do
     :: partial[at] != p -> at++
     :: else -> break
     od;
     do
     :: at + 1 < partials -> partial[at] = partial[at + 1]; at++
     :: else -> break
     od;
     partials--; partial[partials] = 0;
     at = 0;
     do
     :: at < HEADS_PER_PAGE -> page[p].free[at] = NONE; at++
     :: else -> break
     od;
     page[p].count = 0; putFirst(spare, spares, p)
  :: else
  fi
}

/* Every delivery is one step. A loop must not be the last thing in one, hence skip. */
active [CPUS] proctype CpuActor() {
end:
  do
  :: d_step { nempty(toCpu[_pid]) -> toCpu[_pid]?op,h; backlog[_pid]!op,h; proceed(_pid); skip }
  :: d_step { nempty(fromSlab[_pid]) -> fromSlab[_pid]?op,h;
       cpu[_pid].work = nothing;
       if
       :: op == freed -> toDriver[_pid]!done,NONE
       :: op == allocated && h == NONE -> toDriver[_pid]!failed,NONE
       :: op == allocated && h != NONE -> toDriver[_pid]!done,h  /* a refill of one is popped at once */
       fi;
       proceed(_pid); skip }
  od
}

inline serve(i) {
  toSlab[i]?op,h;
  if
  :: op == refill -> allocate(); fromSlab[i]!allocated,h
  :: op == spill -> release(); fromSlab[i]!freed,NONE
  fi
}

active proctype SlabActor() {
end:
  do
  :: d_step { nempty(toSlab[0]) -> serve(0) }
  :: d_step { nempty(toSlab[1]) -> serve(1) }
  :: d_step { nempty(toSlab[2]) -> serve(2) }
  od
}

#define ME (_pid - CPUS - 1)

active [CPUS] proctype DriverActor() {
end:
  do
  :: d_step { answers[ME] == 0 -> answers[ME] = 1;
       k = 0;
       do
       :: k < WANTED -> toCpu[ME]!get,NONE; k++
       :: else -> break
       od;
       skip }
  :: d_step { nempty(toDriver[ME]) -> toDriver[ME]?op,h;
       if
       :: answers[ME] <= WANTED -> toCpu[ME]!put,h
       :: else
       fi;
       answers[ME]++ }
  od
}
