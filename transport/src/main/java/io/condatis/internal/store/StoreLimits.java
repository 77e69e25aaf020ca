package io.condatis.internal.store;

/**
 * What a store refuses to exceed. Set up before the {@link Store}, which copies it; not thread-safe.
 *
 * <p>A request that would pass a limit is answered LIMIT with a sentence that names the limit and its value, and
 * changes nothing. Bytes are counted with {@link #OVERHEAD_BYTES} for each item and entry.
 */
public final class StoreLimits {
    /** Bytes counted for each stored item or entry beside its content, so that empty ones are not free. */
    public static final int OVERHEAD_BYTES = 64;

    /** Bytes that a message may be longer than the content it carries. */
    private static final int MESSAGE_OVERHEAD_BYTES = 64;

    private int maxSessions = 1_024;
    private int maxObjects = 16_384;
    private int maxNameBytes = 255;
    private int maxValueBytes = 1 << 20;
    private int maxCreditedBytes = 1 << 20;
    private int maxWaitingRequests = 4_096;
    private long maxQueueBytes = 256L << 20;
    private long maxTotalBytes = 1L << 30;
    private long maxCallBytes = 128L << 20;
    private long hashSeed = 0x5eed_c0de_1234_5678L;

    /** The defaults. */
    public StoreLimits() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public StoreLimits(final StoreLimits other) {
        maxSessions = other.maxSessions;
        maxObjects = other.maxObjects;
        maxNameBytes = other.maxNameBytes;
        maxValueBytes = other.maxValueBytes;
        maxCreditedBytes = other.maxCreditedBytes;
        maxWaitingRequests = other.maxWaitingRequests;
        maxQueueBytes = other.maxQueueBytes;
        maxTotalBytes = other.maxTotalBytes;
        maxCallBytes = other.maxCallBytes;
        hashSeed = other.hashSeed;
    }

    /** {@return most sessions open at once; 1024 unless set} */
    public int maxSessions() {
        return maxSessions;
    }

    /**
     * Set the most sessions open at once.
     *
     * @param count at least 1
     * @return this
     */
    public StoreLimits maxSessions(final int count) {
        maxSessions = atLeast(1, count, "maxSessions");
        return this;
    }

    /** {@return most named objects; 16384 unless set} */
    public int maxObjects() {
        return maxObjects;
    }

    /**
     * Set the most named objects.
     *
     * @param count at least 1
     * @return this
     */
    public StoreLimits maxObjects(final int count) {
        maxObjects = atLeast(1, count, "maxObjects");
        return this;
    }

    /** {@return most UTF-8 bytes of an object's name; 255 unless set, which is also the wire's limit} */
    public int maxNameBytes() {
        return maxNameBytes;
    }

    /**
     * Set the most UTF-8 bytes of an object's name.
     *
     * @param bytes 1 to 255
     * @return this
     */
    public StoreLimits maxNameBytes(final int bytes) {
        maxNameBytes = Math.min(255, atLeast(1, bytes, "maxNameBytes"));
        return this;
    }

    /** {@return most bytes of an item's body, and of an entry's key and value together; 1 MiB unless set} */
    public int maxValueBytes() {
        return maxValueBytes;
    }

    /**
     * Set the most bytes of an item's body, and of an entry's key and value together.
     *
     * @param bytes 64 to 512 MiB
     * @return this
     */
    public StoreLimits maxValueBytes(final int bytes) {
        maxValueBytes = Math.min(512 << 20, atLeast(64, bytes, "maxValueBytes"));
        return this;
    }

    /** {@return most bytes of a body that is put with a credit, which promises so many; 1 MiB unless set} */
    public int maxCreditedBytes() {
        return Math.min(maxCreditedBytes, maxValueBytes);
    }

    /**
     * Set the most bytes of a body that is put with a credit. What is longer is put by asking.
     *
     * @param bytes at least 64; no more than {@link #maxValueBytes()} counts
     * @return this
     */
    public StoreLimits maxCreditedBytes(final int bytes) {
        maxCreditedBytes = atLeast(64, bytes, "maxCreditedBytes");
        return this;
    }

    /** {@return most requests of one session that wait at once; 4096 unless set} */
    public int maxWaitingRequests() {
        return maxWaitingRequests;
    }

    /**
     * Set the most requests of one session that wait at once.
     *
     * @param count at least 1
     * @return this
     */
    public StoreLimits maxWaitingRequests(final int count) {
        maxWaitingRequests = atLeast(1, count, "maxWaitingRequests");
        return this;
    }

    /** {@return most bytes of the items of one queue: ready, delivered and waiting to be put; 256 MiB unless set} */
    public long maxQueueBytes() {
        return maxQueueBytes;
    }

    /**
     * Set the most bytes of the items of one queue.
     *
     * @param bytes at least 1
     * @return this
     */
    public StoreLimits maxQueueBytes(final long bytes) {
        maxQueueBytes = atLeast(1, bytes, "maxQueueBytes");
        return this;
    }

    /** {@return most bytes of all entries and items; 1 GiB unless set} */
    public long maxTotalBytes() {
        return maxTotalBytes;
    }

    /**
     * Set the most bytes of all entries and items.
     *
     * @param bytes at least 1
     * @return this
     */
    public StoreLimits maxTotalBytes(final long bytes) {
        maxTotalBytes = atLeast(1, bytes, "maxTotalBytes");
        return this;
    }

    /** {@return most bytes of the arguments of calls of custom objects that have not ended; 128 MiB unless set} */
    public long maxCallBytes() {
        return maxCallBytes;
    }

    /**
     * Set the most bytes of the arguments of calls of custom objects that have not ended, waiting and running.
     *
     * @param bytes at least 1
     * @return this
     */
    public StoreLimits maxCallBytes(final long bytes) {
        maxCallBytes = atLeast(1, bytes, "maxCallBytes");
        return this;
    }

    /** {@return seed of the key hash} */
    public long hashSeed() {
        return hashSeed;
    }

    /**
     * Set the seed of the key hash. A host that meets strangers draws it at random and keeps it to itself; a loaded
     * snapshot brings its own.
     *
     * @param seed any number
     * @return this
     */
    public StoreLimits hashSeed(final long seed) {
        hashSeed = seed;
        return this;
    }

    /** {@return length of the longest message that the store sends} */
    public int maxMessageBytes() {
        return maxValueBytes + MESSAGE_OVERHEAD_BYTES;
    }

    private static int atLeast(final int least, final int value, final String name) {
        return (int) atLeast((long) least, value, name);
    }

    private static long atLeast(final long least, final long value, final String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
        return value;
    }
}
