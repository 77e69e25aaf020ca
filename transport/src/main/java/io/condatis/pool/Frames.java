package io.condatis.pool;

/**
 * What travels between a pool and its workers, as items of two joinable queues.
 *
 * <pre>
 *  task    int8 flags | int32 most deliveries | int32 most attempts | int64 task | int64 work | bytes function, empty when stored | int32 count
 *          | per item: a payload for each argument
 *  reply   int8 kind | int32 slot | int64 task | by kind:
 *          RESULT  int32 count | per item: int8 outcome | OK: payload, FAILED: a failure, NOT_RUN: nothing
 *          STARTED text where
 *          DIED    bytes task, for it may not have begun at all
 *          INITIALISER_FAILED  a failure
 *          LOST    int32 workers that died | text the last of them
 *          SHUTDOWN, BROKEN  text why
 *  failure text where | text class | text message | text trace | int8 1 and a payload, or 0 when the exception itself cannot travel
 * </pre>
 */
final class Frames {
    /** An item of a queue holds 64 MiB; the rest is for what goes before the frame. */
    static final int MAX_BYTES = (64 << 20) - 128;

    /** Task flag: the rest of the chunk is not run when one item fails. */
    static final int STOP_AT_FAILURE = 1;
    /** Task flag: a STARTED is asked for, because the clock runs. */
    static final int TIMED = 2;

    /** The worker takes tasks. */
    static final byte READY = 1;
    /** A timed task begins. */
    static final byte STARTED = 2;
    /** A task has ended. */
    static final byte RESULT = 3;
    /** A task was cancelled before it began. */
    static final byte SKIPPED = 4;
    /** A task was not run again, because too many workers died that had taken it. */
    static final byte DIED = 5;
    /** The worker ends, because the initialiser threw. */
    static final byte INITIALISER_FAILED = 6;

    /** To the owner: a client has come, its number is the slot. */
    static final byte HELLO = 7;
    /** To the owner: the worker in the slot is to be killed if it still runs the task. */
    static final byte KILL = 8;
    /** To the owner: all is to be done and then the pool to end. From the owner: it takes no new work. */
    static final byte SHUTDOWN = 9;
    /** To the owner: the pool is to end at once. */
    static final byte TERMINATE = 10;
    /** From the owner: so many workers died with a task that it is not begun again. */
    static final byte LOST = 11;
    /** From the owner: nothing works any more. */
    static final byte BROKEN = 12;

    /** Where a task says how often it may be delivered, which is raised for workers that died before they began it. */
    static final int MAX_DELIVERIES_AT = Byte.BYTES;
    /** Where a task says how many workers may die with it. */
    static final int MAX_ATTEMPTS_AT = MAX_DELIVERIES_AT + Integer.BYTES;

    static final byte OK = 0;
    static final byte FAILED = 1;
    static final byte NOT_RUN = 2;

    private Frames() {}
}
