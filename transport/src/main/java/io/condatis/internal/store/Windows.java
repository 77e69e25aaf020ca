package io.condatis.internal.store;

/**
 * Two revocable windows for each session and queue: words in memory that the client spends by compare-and-set, without
 * asking, and that the store takes back in the same way. The host implements it; a session that shares no memory with
 * the server has no windows.
 *
 * <p>The <b>put window</b> is a number of credits: each lets the client send one QueuePut with correlation 0.
 *
 * <p>The <b>take window</b> is the pair (taken, limit) of delivery sequences, changed only as a whole. The client takes
 * the delivery {@code taken + 1} when it has arrived and {@code taken != limit}; it then holds it. A delivery whose
 * sequence is not after {@code taken} was recalled: the client drops it.
 *
 * <p>Beside them are two sequences that only the client moves. Every delivery up to one is <b>done</b>; a delivery that is
 * done before an older one is told by QueueAck. The other is of the last answer to a QueueTake that was <b>received</b>: such
 * a delivery is counted as taken when it is sent, but should the session end before it has arrived, nobody has had it.
 *
 * <p>Sequences wrap: compare them by the sign of their difference.
 */
public interface Windows {
    /** No cell: the session has no windows on the queue. */
    int NONE = -1;

    /**
     * Reserve a cell for a session and a queue.
     *
     * @param session that will use it
     * @return the cell, both windows empty and taken 0, or {@link #NONE}
     */
    int allot(long session);

    /**
     * Give a cell back. The store has emptied both windows before.
     *
     * @param window from {@link #allot}
     */
    void release(int window);

    /**
     * Add credits to the put window.
     *
     * @param window from {@link #allot}
     * @param credits how many more
     */
    void grantPuts(int window, int credits);

    /**
     * Empty the put window.
     *
     * @param window from {@link #allot}
     * @return how many credits the client had not spent
     */
    int revokePuts(int window);

    /**
     * {@return how many credits the client has not spent; it may spend one a moment later}
     *
     * @param window from {@link #allot}
     */
    int unspentPuts(int window);

    /**
     * Move the limit of the take window; called before the deliveries up to it are sent.
     *
     * @param window from {@link #allot}
     * @param upTo sequence of the last delivery that may be taken
     */
    void extendTakes(int window, int upTo);

    /**
     * {@return the sequence of the last delivery that the client has taken}
     *
     * @param window from {@link #allot}
     */
    int taken(int window);

    /**
     * Void every delivery in {@code (taken, delivered]} in one atomic step. Afterwards taken, limit and
     * {@code delivered} are equal, and the next delivery has the sequence {@code delivered + 1}. Called with
     * {@code limit + 1} it counts the answer to a QueueTake as taken.
     *
     * @param window from {@link #allot}
     * @param delivered the last sequence in use
     * @return taken, as it was just before
     */
    int recallTakes(int window, int delivered);

    /**
     * Ask the client to send QueueTaken after its next take. The wish holds for one take, survives
     * {@link #extendTakes} but not {@link #recallTakes}, and is seen by every take that {@link #taken}, called
     * afterwards, does not see.
     *
     * @param window from {@link #allot}
     */
    void notifyTakes(int window);

    /**
     * {@return the sequence up to which the client says that every delivery is done}
     *
     * @param window from {@link #allot}
     */
    int done(int window);

    /**
     * {@return the sequence of the last answer to a QueueTake that has arrived}
     *
     * @param window from {@link #allot}
     */
    int received(int window);

    /**
     * Ask the client to send QueueTaken after it has moved {@link #done} next. The wish holds for one move and is seen by
     * every move that {@link #done}, called afterwards, does not see.
     *
     * @param window from {@link #allot}
     */
    void notifyDone(int window);
}
