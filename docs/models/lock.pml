/*
 * The slow path of SharedLock under SIGKILL at every step. See README.md beside this file for the command.
 *
 * Each of N processes passes the section ROUNDS times. A killed one is born again in the same slot with the next generation,
 * as long as it has lives. The 64-bit word of the lock is (own, ogen, W, S, D): one atomic step here is one CAS or one load
 * there. A parked process may always wake by itself: the slice of 20 ms.
 *
 * Options: -DN=2|3  -DCRASHES=k  -DROUNDS=r  -DNOSTARVE (without the bit S)  -DLIVENESS (for the never claim below)
 * Mutants, each of which must be found: -DM_GEN (no generation in the token), -DM_SPLIT (the owner is stored in a second
 * step), -DM_DIRTY (recovery does not set D), -DM_NOTIMER (parks without a slice).
 */
#ifndef N
#define N 2
#endif
#ifndef CRASHES
#define CRASHES 2
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#define LIVES 4

byte own = 0, ogen = 0;                 /* the owner's token: slot and generation, 0 = free */
bit W = 0, S = 0, D = 0;                /* waiters, starving, dirty */
byte gen[N + 1];                        /* the table of participants */
bit alive[N + 1];
bit parked[N + 1];
byte crashes = 0;
byte inside = 0;                        /* ghost: how many are in the section */
byte a = 0, b = 0;                      /* what the lock protects: equal when nobody is inside */
byte finished = 0;

#define MAYCRASH if :: crashes < CRASHES -> atomic { crashes++; goto dead } :: skip fi
#ifdef M_GEN
#define DEAD(o, g) (o != me && !alive[o])
#else
#define DEAD(o, g) (o != me && !alive[o] || gen[o] != g)
#endif
#define UNCHANGED (own == eo && ogen == eg && W == ew && S == es && D == ed)
#ifdef M_SPLIT
#define OWNED own = 15
#else
#define OWNED own = me; ogen = gen[me]
#endif

proctype P(byte me) {
  byte eo, eg, r = 0;                   /* what the last load saw */
  bit ew, es, ed, told, starving, slept;

reborn:
  atomic { gen[me] = gen[me] + 1; alive[me] = 1; parked[me] = 0; starving = 0 }
  do
  :: r < ROUNDS ->
     told = 0; starving = 0; slept = 0;
     /* lock(): the CAS of a free, clean, unwanted word */
     atomic { if :: own == 0 && !W && !S && !D -> OWNED; goto got :: else fi }
try:
     MAYCRASH;
     atomic { eo = own; eg = ogen; ew = W; es = S; ed = D }
     if
     :: eo == 0 && (!es || starving) ->
        /* take, with W for others that may sleep; a starving one drops S */
        atomic { if :: UNCHANGED -> W = 1; S = 0; told = ed; OWNED; goto got :: else -> goto try fi }
     :: eo != 0 && eo != 15 && DEAD(eo, eg) ->
        MAYCRASH;
        /* recover: one CAS from the dead token to mine */
        atomic { if :: UNCHANGED -> OWNED; W = 1; S = 0;
#ifndef M_DIRTY
                   D = 1; told = 1;
#endif
                   goto got
                 :: else -> goto try fi }
     :: else ->
#ifndef NOSTARVE
        if :: starving = 1 :: !slept -> skip fi;  /* 5 ms may have passed at the first look, have at the second */
#endif
        /* announce W, and S if starving, by one CAS */
        atomic { if :: UNCHANGED -> W = 1; ew = 1; if :: starving -> S = 1; es = 1 :: else fi
                 :: else -> goto try fi }
        MAYCRASH;
        /* futex wait on the low half: thread, W, S */
        atomic { if :: own == eo && W == ew && S == es -> parked[me] = 1 :: else -> goto try fi }
#ifdef M_NOTIMER
        parked[me] == 0;
#else
        parked[me] = 0;                 /* woken, or the slice is over: any time */
#endif
        slept = 1;
        MAYCRASH;
        goto try
     fi;
got:
#ifdef M_SPLIT
     MAYCRASH; atomic { own = me; ogen = gen[me] }
#endif
     atomic { inside++; assert(inside == 1) }
     if :: told -> b = a; D = 0         /* repair, markConsistent() */
        :: else -> assert(a == b)       /* whoever is not told finds it whole */
     fi;
     if :: crashes < CRASHES -> atomic { crashes++; inside--; goto dead } :: skip fi;
     a = (a + 1) % 3;
     if :: crashes < CRASHES -> atomic { crashes++; inside--; goto dead } :: skip fi;
     b = (b + 1) % 3;
     atomic { inside--; ew = W; es = S; own = 0; ogen = 0; W = 0 }  /* unlock: one CAS, D and S stay */
     MAYCRASH;
     /* wake one, or all when somebody starves */
     if
     :: ew && es -> atomic { parked[1] = 0; parked[2] = 0;
#if N > 2
                      parked[3] = 0
#endif
                    }
     :: ew && !es -> atomic { if :: parked[1] -> parked[1] = 0
                                 :: parked[2] -> parked[2] = 0
#if N > 2
                                 :: parked[3] -> parked[3] = 0
#endif
                                 :: else -> skip fi }
     :: else -> skip
     fi;
     r++
  :: else -> break
  od;
  atomic { alive[me] = 0; finished++; goto fin }
dead:
  atomic { alive[me] = 0; parked[me] = 0 }
  atomic { if :: gen[me] < LIVES -> goto reborn :: else -> finished++ fi }
fin:
  skip
}

init {
  atomic { run P(1); run P(2);
#if N > 2
           run P(3)
#endif
  }
}

#ifdef LIVENESS
ltl all_finish { <> (finished == N) }
#endif
