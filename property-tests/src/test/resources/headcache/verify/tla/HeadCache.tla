------------------------------ MODULE HeadCache ------------------------------
(***************************************************************************)
(* The protocol of headcache: CPUs that own a cache of heads, slabs that   *)
(* serve bulk allocation and free by message, tasks that call the slab     *)
(* singly, and drivers that tell all of them what to do.                   *)
(*                                                                         *)
(* It was written from the design, not from the code, and is as fine as    *)
(* the code: heads have names, free lists have an order, and a batch knows *)
(* who sent it.  So TLC must find exactly as many states as the searches   *)
(* over the real steps and the real actors do.  What has no influence on   *)
(* what comes later is in neither: counters, histories, poison.            *)
(*                                                                         *)
(* Left out: what an skb holds besides its head, GRO, twins, NICs, the     *)
(* reserve, the dice for remote pages, batches of more than one operation. *)
(* The names are those of the design; actors are named as in reports.      *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
    Cpus, Tasks, Drivers,   \* sets of names
    Nodes,                  \* the memory nodes, a sequence of names
    MemoryNode,             \* for each CPU and task its node
    RunsOn,                 \* for each CPU and task its CPU
    ZoneList,               \* for each node the others, in the order in which they are asked
    Capacity, RefillSize, SpillSize,
    HeadsPerPage, PageLimit, MinPartial,
    Acknowledged,           \* whether a free is waited for
    Script                  \* for each driver the sequence of its commands

VARIABLES
    worker,    \* for each CPU and task: cache, work, what it waits for
    slab,      \* for each node: partial pages, page numbers to be used next
    driver,    \* for each driver: skbs by slot, commands not sent, errands not answered
    network    \* for each <<sender, receiver>> with anything on its way: those messages, oldest first

vars == <<worker, slab, driver, network>>

Workers == Cpus \union Tasks
Min(a, b) == IF a < b THEN a ELSE b
Last(s) == s[Len(s)]
Range(s) == {s[i] : i \in DOMAIN s}
Without(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

-----------------------------------------------------------------------------
(* Heads.  A head is a number that tells its page, and the page its home node for ever. *)

HeadsPerNode == HeadsPerPage * PageLimit
Home(head) == Nodes[(head \div HeadsPerNode) + 1]
PageOf(head) == (head % HeadsPerNode) \div HeadsPerPage
First(node, page) ==
    (CHOOSE i \in DOMAIN Nodes : Nodes[i] = node) * HeadsPerNode - HeadsPerNode + page * HeadsPerPage
FreshPage(node, page) == [i \in 1..HeadsPerPage |-> First(node, page) + i - 1]

(* A head in use.  The CPU that allocated it goes with it. *)
Skb(head, cpu) == [head |-> head, cpu |-> cpu]
NoHead == -1
NoSkb == Skb(NoHead, "nobody")

-----------------------------------------------------------------------------
(* The slab of a node: [partial, spare].  A partial page is its free list, the next head to be handed out first.  Full  *)
(* pages are on no list.  spare are the page numbers that are not in use, the one that is used next first.              *)

RECURSIVE Take(_, _, _)
(* Takes up to want heads: from partial pages, then from new ones.  [slab, heads] *)
Take(s, node, want) ==
    IF want = 0 \/ (s.partial = <<>> /\ s.spare = <<>>) THEN [slab |-> s, heads |-> <<>>]
    ELSE IF s.partial = <<>>
    THEN Take([partial |-> <<FreshPage(node, Head(s.spare))>>, spare |-> Tail(s.spare)], node, want)
    ELSE LET page == Head(s.partial)
             count == Min(want, Len(page))
             left == SubSeq(page, count + 1, Len(page))
             rest == IF left = <<>> THEN Tail(s.partial) ELSE <<left>> \o Tail(s.partial)
             more == Take([s EXCEPT !.partial = rest], node, want - count)
         IN [slab |-> more.slab, heads |-> SubSeq(page, 1, count) \o more.heads]

(* Puts heads of one page, in their order, before its free list; an empty page that is one too many is given back. *)
FreeOnPage(s, heads) ==
    LET page == PageOf(Head(heads))
        places == {i \in DOMAIN s.partial : PageOf(Head(s.partial[i])) = page}
        wasFull == places = {}
        at == CHOOSE i \in places : TRUE
        free == IF wasFull THEN heads ELSE heads \o s.partial[at]
    IN IF Len(free) = HeadsPerPage /\ Len(s.partial) >= MinPartial
       THEN [partial |-> IF wasFull THEN s.partial ELSE Without(s.partial, at), spare |-> <<page>> \o s.spare]
       ELSE [s EXCEPT !.partial = IF wasFull THEN Append(@, free) ELSE [@ EXCEPT ![at] = free]]

RECURSIVE Free(_, _)
(* kmem_cache_free_bulk: from the end, all of one page at once, but the third head of another page ends the scan. *)
Free(s, heads) ==
    IF heads = <<>> THEN s
    ELSE LET page == PageOf(Last(heads))
             foreign(i) == Cardinality({j \in (i + 1)..Len(heads) : PageOf(heads[j]) # page})
             chained(i) == PageOf(heads[i]) = page /\ foreign(i) < 3
             at(test(_)) == SelectSeq([i \in DOMAIN heads |-> i], test)
             chain == at(chained)
             rest == at(LAMBDA i : ~chained(i))
         IN Free(FreeOnPage(s, [i \in DOMAIN chain |-> heads[chain[i]]]), [i \in DOMAIN rest |-> heads[rest[i]]])

-----------------------------------------------------------------------------
(* What an actor does with a message: from its state to the next, and letters, [to, what], in the order in which they *)
(* are sent.  Each actor's part works on a record with its state and these letters.                                   *)

Letter(to, what) == [to |-> to, what |-> what]
Sent(s, letter) == [s EXCEPT !.out = Append(@, letter)]

(* One letter for each home node of heads. *)
FreeLetters(from, heads, acknowledge) ==
    LET homes == SelectSeq(Nodes, LAMBDA node : \E i \in DOMAIN heads : Home(heads[i]) = node)
    IN [i \in DOMAIN homes |-> Letter(homes[i],
           [kind |-> "bulkFree", from |-> from, acknowledge |-> acknowledge,
            heads |-> SelectSeq(heads, LAMBDA head : Home(head) = homes[i])])]

-----------------------------------------------------------------------------
(* Slabs.  A request looks here for partial pages, then for a new one, and is passed on down the zone list of the node   *)
(* that was asked first, with what was collected so far.  Who is last sends every head home and answers "nothing".      *)

Request(from, origin, count, bulk) ==
    [kind |-> "passedOn", from |-> from, origin |-> origin, count |-> count, bulk |-> bulk, visited |-> 0,
     collected |-> <<>>]

Answer(request, heads) ==
    Letter(request.from,
           IF request.bulk THEN [kind |-> "bulkAllocated", heads |-> heads]
           ELSE [kind |-> "allocated", head |-> IF heads = <<>> THEN NoHead ELSE Head(heads)])

Serve(me, request) ==
    LET took == Take(slab[me], me, request.count - Len(request.collected))
        have == request.collected \o took.heads
        zone == ZoneList[request.origin]
        mine == SelectSeq(have, LAMBDA head : Home(head) = me)
        others == SelectSeq(have, LAMBDA head : Home(head) # me)
    IN IF Len(have) = request.count
       THEN [slab |-> took.slab, out |-> <<Answer(request, have)>>]
       ELSE IF request.visited < Len(zone)
       THEN [slab |-> took.slab,
             out |-> <<Letter(zone[request.visited + 1],
                              [request EXCEPT !.visited = @ + 1, !.collected = have])>>]
       ELSE [slab |-> Free(took.slab, mine),
             out |-> FreeLetters(me, others, FALSE) \o <<Answer(request, <<>>)>>]

SlabOn(me, m) ==
    CASE m.kind = "bulkAlloc" -> Serve(me, Request(m.from, me, m.count, TRUE))
      [] m.kind = "singleAlloc" -> Serve(me, Request(m.from, me, 1, FALSE))
      [] m.kind = "passedOn" -> Serve(me, m)
      [] m.kind = "bulkFree" ->
             [slab |-> Free(slab[me], m.heads),
              out |-> IF m.acknowledge THEN <<Letter(m.from, [kind |-> "freed"])>> ELSE <<>>]
      [] m.kind = "singleFree" ->
             [slab |-> FreeOnPage(slab[me], <<m.head>>),
              out |-> IF m.acknowledge THEN <<Letter(m.from, [kind |-> "freed"])>> ELSE <<>>]

-----------------------------------------------------------------------------
(* CPUs and tasks.  Both take work in the order in which they accepted it, one item at a time, and stand still while the  *)
(* slab has to answer.  A task has no cache.  Here s is [w, out]: the worker and what it sends.                           *)

NoWork == [kind |-> "none"]
IsBusy(w) == w.waiting \/ w.acksDue > 0

GiveBulk(s, me, heads, acknowledge) ==
    LET letters == FreeLetters(me, heads, acknowledge)
    IN [s EXCEPT !.out = @ \o letters, !.w.acksDue = IF acknowledge THEN @ + Len(letters) ELSE @]

(* napi_skb_cache_put: pushes; at capacity the newest go to the slab, the one just put included. *)
Put(s, me, head) ==
    LET full == Append(s.w.cache, head)
        kept == Capacity - SpillSize
    IN IF Len(full) < Capacity THEN [s EXCEPT !.w.cache = full]
       ELSE GiveBulk([s EXCEPT !.w.cache = SubSeq(full, 1, kept)], me, SubSeq(full, kept + 1, Capacity), Acknowledged)

(* The batch at hand has ended: whoever sent it gets back what is in its slot. *)
Done(s, skb, failed, cancelled) ==
    LET b == s.w.work
    IN Sent([s EXCEPT !.w.work = NoWork],
            Letter(b.from, [kind |-> "batchDone", key |-> b.key, skb |-> skb, failed |-> failed,
                            cancelled |-> cancelled]))

(* The allocation at hand has its answer. *)
Allocated(s, me, head) ==
    IF head = NoHead THEN Done(s, NoSkb, 1, 0) ELSE Done(s, Skb(head, RunsOn[me]), 0, 0)

Ask(s, me, request) == Sent([s EXCEPT !.w.waiting = TRUE], Letter(MemoryNode[me], request))

BatchStep(s, me) ==
    LET b == s.w.work
        over == [s EXCEPT !.w.work.op = "over", !.w.work.skb = NoSkb]
    IN CASE b.op = "over" -> Done(s, NoSkb, 0, 0)
         [] b.op = "get" /\ s.w.cache = <<>> -> Ask(s, me, [kind |-> "bulkAlloc", from |-> me, count |-> RefillSize])
         [] b.op = "get" /\ s.w.cache # <<>> ->
                Allocated([s EXCEPT !.w.cache = SubSeq(@, 1, Len(@) - 1)], me, Last(s.w.cache))
         [] b.op = "alloc" -> Ask(s, me, [kind |-> "singleAlloc", from |-> me])
         [] b.op \in {"put", "free"} /\ b.skb = NoSkb -> Done(s, NoSkb, 0, 1)
         [] b.op = "put" /\ b.skb # NoSkb -> Put(over, me, b.skb.head)
         [] b.op = "free" /\ b.skb # NoSkb ->
                Sent([over EXCEPT !.w.acksDue = IF Acknowledged THEN @ + 1 ELSE @],
                     Letter(Home(b.skb.head),
                            [kind |-> "singleFree", from |-> me, head |-> b.skb.head, acknowledge |-> Acknowledged]))

(* The transmit softirq takes the completion queue as it finds it, and puts each. *)
SoftirqStep(s, me) ==
    LET run == s.w.work
    IN IF ~run.started
       THEN [s EXCEPT !.w.work.started = TRUE, !.w.work.taken = s.w.queue, !.w.queue = <<>>, !.w.raised = FALSE]
       ELSE IF run.taken = <<>> THEN [s EXCEPT !.w.work = NoWork]
       ELSE Put([s EXCEPT !.w.work.taken = Tail(@)], me, Head(run.taken).head)

(* Parked heads of a CPU that went offline: each is put here. *)
HandOverStep(s, me) ==
    IF s.w.work.heads = <<>> THEN [s EXCEPT !.w.work = NoWork]
    ELSE Put([s EXCEPT !.w.work.heads = Tail(@)], me, Head(s.w.work.heads))

QueueLetters(queue, to) == [i \in DOMAIN queue |-> Letter(to, [kind |-> "interrupt", skb |-> queue[i]])]

(* Going offline: first what the CPU has; then, when the slab has answered, what interrupts have brought meanwhile. *)
OfflineStep(s, me) ==
    LET order == s.w.work
        heads == s.w.cache
        emptied == [s EXCEPT !.out = @ \o QueueLetters(s.w.queue, order.survivor), !.w.queue = <<>>]
        handedOver == [emptied EXCEPT !.w.work.handedOver = TRUE]
    IN IF order.handedOver
       THEN Sent([emptied EXCEPT !.w.survivor = order.survivor, !.w.work = NoWork],
                 Letter(order.from, [kind |-> "switched", online |-> FALSE]))
       ELSE IF order.parked = "DRAIN" THEN GiveBulk([handedOver EXCEPT !.w.cache = <<>>], me, heads, TRUE)
       ELSE IF order.parked = "HAND_OVER" /\ heads # <<>>
       THEN Sent([handedOver EXCEPT !.w.cache = <<>>],
                 Letter(order.survivor, [kind |-> "handOver", from |-> me, heads |-> heads]))
       ELSE handedOver

OnlineStep(s) ==
    Sent([s EXCEPT !.w.survivor = "nobody", !.w.work = NoWork],
         Letter(s.w.work.from, [kind |-> "switched", online |-> TRUE]))

WorkStep(s, me) ==
    CASE s.w.work.kind = "batch" -> BatchStep(s, me)
      [] s.w.work.kind = "softirq" -> SoftirqStep(s, me)
      [] s.w.work.kind = "handOver" -> HandOverStep(s, me)
      [] s.w.work.kind = "offline" -> OfflineStep(s, me)
      [] s.w.work.kind = "online" -> OnlineStep(s)

(* The oldest item of the backlog is begun; while the CPU is offline, most are the survivor's. *)
NextStep(s) ==
    LET next == Head(s.w.backlog)
        shorter == [s EXCEPT !.w.backlog = Tail(@)]
    IN IF s.w.survivor = "nobody" \/ next.kind \in {"offline", "online"} THEN [shorter EXCEPT !.w.work = next]
       ELSE IF next.kind = "softirq" THEN [shorter EXCEPT !.w.raised = FALSE]
       ELSE Sent(shorter, Letter(s.w.survivor, next))

RECURSIVE Run(_, _)
Run(s, me) ==
    IF IsBusy(s.w) \/ (s.w.work = NoWork /\ s.w.backlog = <<>>) THEN s
    ELSE IF s.w.work = NoWork THEN Run(NextStep(s), me)
    ELSE Run(WorkStep(s, me), me)

(* A hard interrupt frees an skb whatever the softirq is doing: it only queues it, and raises the transmit softirq. *)
Interrupted(s, m) ==
    IF s.w.survivor # "nobody" THEN Sent(s, Letter(s.w.survivor, m))
    ELSE LET queued == [s EXCEPT !.w.queue = Append(@, m.skb)]
         IN IF s.w.raised THEN queued
            ELSE [queued EXCEPT !.w.raised = TRUE,
                                !.w.backlog = Append(@, [kind |-> "softirq", started |-> FALSE, taken |-> <<>>])]

(* A refill fills the array from slot 0, so the last delivered is popped first; on nothing the get fails. *)
Refilled(s, me, heads) ==
    IF heads = <<>> THEN Allocated(s, me, NoHead)
    ELSE Allocated([s EXCEPT !.w.cache = SubSeq(heads, 1, Len(heads) - 1)], me, Last(heads))

WorkerOn(me, m) ==
    LET s == [w |-> worker[me], out |-> <<>>]
        answered == [s EXCEPT !.w.waiting = FALSE]
    IN Run(CASE m.kind = "freed" -> [s EXCEPT !.w.acksDue = @ - 1]
             [] m.kind = "bulkAllocated" -> Refilled(answered, me, m.heads)
             [] m.kind = "allocated" -> Allocated(answered, me, m.head)
             [] m.kind = "interrupt" -> Interrupted(s, m)
             [] OTHER -> [s EXCEPT !.w.backlog = Append(@, m)],
           me)

-----------------------------------------------------------------------------
(* Drivers.  Commands to one actor are sent in their order, and so are those that share a slot, the later ones once the  *)
(* earlier are answered.  A CPU is switched only when the one before has switched.  An errand is a command that was sent *)
(* and is not answered; its key is what the answer is known by.  Here s is [d, out].                                     *)

IsCall(command) == command.do \in {"get", "put", "alloc", "free"}
IsSwitch(command) == command.do \in {"offline", "online"}

RECURSIVE FreeKey(_, _)
FreeKey(errands, least) ==
    IF \E i \in DOMAIN errands : errands[i].kind = "batch" /\ errands[i].key = least
    THEN FreeKey(errands, least + 1) ELSE least

(* Sends one command. *)
Issue(s, me, c) ==
    LET key == FreeKey(s.d.errands, 1)
        skb == s.d.slots[c.slot]
        emptied == [s EXCEPT !.d.slots[c.slot] = NoSkb]
        switch == [s EXCEPT !.d.errands = Append(@, [kind |-> "switch", key |-> c.at, slot |-> 0])]
    IN CASE IsCall(c) ->
              Sent([emptied EXCEPT !.d.errands = Append(@, [kind |-> "batch", key |-> key, slot |-> c.slot])],
                   Letter(c.at, [kind |-> "batch", from |-> me, key |-> key, op |-> c.do, skb |-> skb]))
         [] c.do = "interrupt" ->
              IF skb = NoSkb THEN s ELSE Sent(emptied, Letter(c.at, [kind |-> "interrupt", skb |-> skb]))
         [] c.do = "offline" ->
              Sent(switch, Letter(c.at, [kind |-> "offline", from |-> me, parked |-> c.parked,
                                         survivor |-> c.survivor, handedOver |-> FALSE]))
         [] c.do = "online" -> Sent(switch, Letter(c.at, [kind |-> "online", from |-> me]))

RECURSIVE IssueAll(_, _, _)
IssueAll(s, me, commands) ==
    IF commands = <<>> THEN s ELSE IssueAll(Issue(s, me, Head(commands)), me, Tail(commands))

RECURSIVE Plan(_, _, _)
(* Which of the commands that wait can be sent now.  p is [now, open, later, taken, claimed]: a call is held open until   *)
(* the next command to the same actor, or the end; taken and claimed are slots that are out, or wanted by one before.    *)
Plan(p, me, waiting) ==
    IF waiting = <<>> THEN p
    ELSE LET i == Head(waiting)
             c == Script[me][i]
             blocked == \/ \E j \in Range(p.later) : Script[me][j].at = c.at
                        \/ IF IsSwitch(c) THEN p.switching ELSE c.slot \in p.taken \union p.claimed
             sameActor(command) == command.at = c.at
             otherActor(command) == command.at # c.at
             closed == [p EXCEPT !.now = @ \o SelectSeq(p.open, sameActor), !.open = SelectSeq(@, otherActor)]
         IN Plan(IF blocked
                 THEN [p EXCEPT !.later = Append(@, i), !.claimed = @ \union {c.slot},
                                !.switching = @ \/ IsSwitch(c)]
                 ELSE IF IsCall(c)
                 THEN [closed EXCEPT !.open = Append(@, c), !.taken = @ \union {c.slot}]
                 ELSE [closed EXCEPT !.now = Append(@, c), !.switching = @ \/ IsSwitch(c)],
                 me, Tail(waiting))

Proceed(s, me) ==
    LET out == {s.d.errands[i].slot : i \in DOMAIN s.d.errands}
        p == Plan([now |-> <<>>, open |-> <<>>, later |-> <<>>, claimed |-> {}, taken |-> out \ {0},
                   switching |-> \E i \in DOMAIN s.d.errands : s.d.errands[i].kind = "switch"],
                  me, s.d.waiting)
    IN IssueAll([s EXCEPT !.d.waiting = p.later], me, p.now \o p.open)

Errand(d, kind, key) == CHOOSE i \in DOMAIN d.errands : d.errands[i].kind = kind /\ d.errands[i].key = key

DriverOn(me, m, sender) ==
    LET d == driver[me]
        e == Errand(d, IF m.kind = "switched" THEN "switch" ELSE "batch",
                       IF m.kind = "switched" THEN sender ELSE m.key)
        answered == [d EXCEPT !.errands = Without(@, e)]
    IN Proceed([out |-> <<>>,
                d |-> CASE m.kind = "go" -> [d EXCEPT !.started = TRUE]
                        [] m.kind = "switched" -> answered
                        [] m.kind = "batchDone" -> [answered EXCEPT !.slots[d.errands[e].slot] = m.skb]],
               me)

-----------------------------------------------------------------------------
(* The network: order for each pair of actors, and nothing more. *)

RECURSIVE Posted(_, _, _)
Posted(n, me, out) ==
    IF out = <<>> THEN n
    ELSE LET pair == <<me, Head(out).to>>
         IN Posted(IF pair \in DOMAIN n THEN [n EXCEPT ![pair] = Append(@, Head(out).what)]
                   ELSE n @@ (pair :> <<Head(out).what>>),
                   me, Tail(out))

Received(pair) ==
    IF Len(network[pair]) > 1 THEN [network EXCEPT ![pair] = Tail(@)]
    ELSE [other \in DOMAIN network \ {pair} |-> network[other]]

DeliverToSlab(pair) ==
    /\ pair[2] \in DOMAIN slab
    /\ LET s == SlabOn(pair[2], Head(network[pair]))
       IN /\ slab' = [slab EXCEPT ![pair[2]] = s.slab]
          /\ network' = Posted(Received(pair), pair[2], s.out)
    /\ UNCHANGED <<worker, driver>>

DeliverToWorker(pair) ==
    /\ pair[2] \in Workers
    /\ LET s == WorkerOn(pair[2], Head(network[pair]))
       IN /\ worker' = [worker EXCEPT ![pair[2]] = s.w]
          /\ network' = Posted(Received(pair), pair[2], s.out)
    /\ UNCHANGED <<slab, driver>>

DeliverToDriver(pair) ==
    /\ pair[2] \in Drivers
    /\ LET s == DriverOn(pair[2], Head(network[pair]), pair[1])
       IN /\ driver' = [driver EXCEPT ![pair[2]] = s.d]
          /\ network' = Posted(Received(pair), pair[2], s.out)
    /\ UNCHANGED <<slab, worker>>

-----------------------------------------------------------------------------
Idle == [cache |-> <<>>, waiting |-> FALSE, acksDue |-> 0, queue |-> <<>>, raised |-> FALSE, survivor |-> "nobody",
         work |-> NoWork, backlog |-> <<>>]

Slots(d) == {Script[d][i].slot : i \in DOMAIN Script[d]} \ {0}

Init ==
    /\ worker = [w \in Workers |-> Idle]
    /\ slab = [node \in Range(Nodes) |-> [partial |-> <<>>, spare |-> [i \in 1..PageLimit |-> i - 1]]]
    /\ driver = [d \in Drivers |-> [started |-> FALSE, slots |-> [i \in Slots(d) |-> NoSkb], errands |-> <<>>,
                                    waiting |-> [i \in DOMAIN Script[d] |-> i]]]
    /\ network = [pair \in {<<d, d>> : d \in Drivers} |-> <<[kind |-> "go"]>>]

(* Nothing is on its way, every command was answered, nobody waits. *)
AtEnd ==
    /\ DOMAIN network = {}
    /\ \A d \in Drivers : driver[d].waiting = <<>> /\ driver[d].errands = <<>>
    /\ \A w \in Workers : ~IsBusy(worker[w]) /\ worker[w].work = NoWork /\ worker[w].backlog = <<>>

(* The end may last for ever, so that any other state in which nothing can be delivered is a deadlock for TLC. *)
Next ==
    \/ \E pair \in DOMAIN network : DeliverToSlab(pair) \/ DeliverToWorker(pair) \/ DeliverToDriver(pair)
    \/ AtEnd /\ UNCHANGED vars

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must always hold. *)

RECURSIVE Joined(_)
Joined(sequences) == IF sequences = <<>> THEN <<>> ELSE Head(sequences) \o Joined(Tail(sequences))

RECURSIVE JoinedOf(_, _)
JoinedOf(f, set) == IF set = {} THEN <<>> ELSE LET x == CHOOSE y \in set : TRUE IN f[x] \o JoinedOf(f, set \ {x})

(* The sequences f[x], one behind the other in any order. *)
JoinedAll(f) == JoinedOf(f, DOMAIN f)

HeadOf(skb) == IF skb = NoSkb THEN <<>> ELSE <<skb.head>>
HeadsOf(skbs) == [i \in DOMAIN skbs |-> skbs[i].head]

(* The heads in a message or an item of work. *)
HeadsIn(m) ==
    CASE m.kind \in {"batch", "batchDone", "interrupt"} -> HeadOf(m.skb)
      [] m.kind \in {"bulkFree", "bulkAllocated", "handOver"} -> m.heads
      [] m.kind = "passedOn" -> m.collected
      [] m.kind = "singleFree" -> <<m.head>>
      [] m.kind = "allocated" -> IF m.head = NoHead THEN <<>> ELSE <<m.head>>
      [] m.kind = "softirq" -> HeadsOf(m.taken)
      [] OTHER -> <<>>
HeadsInAll(messages) == Joined([i \in DOMAIN messages |-> HeadsIn(messages[i])])

InSlabs == JoinedAll([node \in DOMAIN slab |-> Joined(slab[node].partial)])
InWorkers ==
    JoinedAll([w \in Workers |-> worker[w].cache \o HeadsOf(worker[w].queue) \o HeadsIn(worker[w].work)
                                 \o HeadsInAll(worker[w].backlog)])
InDrivers == JoinedAll([d \in Drivers |-> JoinedAll([i \in DOMAIN driver[d].slots |-> HeadOf(driver[d].slots[i])])])
InMessages == JoinedAll([pair \in DOMAIN network |-> HeadsInAll(network[pair])])

(* The heads of all pages in use. *)
Made ==
    UNION {UNION {Range(FreshPage(node, page)) : page \in (0..PageLimit - 1) \ Range(slab[node].spare)} :
           node \in DOMAIN slab}

(* In slabs, in caches, in messages and in use: every head that was made, each in one place. *)
Conservation ==
    LET all == InSlabs \o InWorkers \o InDrivers \o InMessages
    IN Range(all) = Made /\ Len(all) = Cardinality(Made)

(* A head that is free or parked is in no skb; free heads are at home; pages in use and spare pages are all there are. *)
Places ==
    \A node \in DOMAIN slab :
        LET s == slab[node]
        IN /\ \A i \in DOMAIN s.partial :
                  /\ s.partial[i] # <<>>
                  /\ \A j \in DOMAIN s.partial[i] :
                         Home(s.partial[i][j]) = node /\ PageOf(s.partial[i][j]) = PageOf(Head(s.partial[i]))
           /\ Cardinality(Range(s.spare)) = Len(s.spare) /\ Range(s.spare) \subseteq 0..PageLimit - 1

(* Between two messages no cache is full, and a task has none; no more can be parked than the array holds. *)
Bounds ==
    /\ \A c \in Cpus : Len(worker[c].cache) < Capacity
    /\ \A t \in Tasks : worker[t].cache = <<>>

(* Whoever stands still has exactly one request on its way, or one acknowledgement for each free that it waits for. *)
OnTheWay(test(_)) == JoinedAll([pair \in DOMAIN network |-> SelectSeq(network[pair], test)])
Answers(w) ==
    LET isRequest(m) == m.kind \in {"bulkAlloc", "singleAlloc", "passedOn"} /\ m.from = w
        isFree(m) == m.kind \in {"bulkFree", "singleFree"} /\ m.acknowledge /\ m.from = w
        replies(test(_)) == JoinedAll([pair \in {p \in DOMAIN network : p[2] = w} |-> SelectSeq(network[pair], test)])
        isAnswer(m) == m.kind \in {"bulkAllocated", "allocated"}
        isFreed(m) == m.kind = "freed"
    IN /\ Len(OnTheWay(isRequest)) + Len(replies(isAnswer)) = IF worker[w].waiting THEN 1 ELSE 0
       /\ Len(OnTheWay(isFree)) + Len(replies(isFreed)) = worker[w].acksDue
EveryRequestIsAnswered == \A w \in Workers : Answers(w)
=============================================================================
