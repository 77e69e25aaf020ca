package io.condatis.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a manager's server publishes about itself, in the counters of its media driver and, where it is asked to, as
 * OpenMetrics text. The type ids are the manager's own, from {@value #FIRST_TYPE_ID} on: Aeron keeps those below 1000. A label
 * is {@code condatis <manager>: <label>} or {@code condatis <manager>/<queue>: <label>}, in UTF-8.
 */
public enum Metric {
    /** Clients. */
    SESSIONS(0, false, "sessions", "Clients that are connected."),
    /** Clients there were. */
    SESSIONS_OPENED(1, true, "sessions opened", "Clients that have connected so far."),
    /** Clients that died. */
    SESSIONS_DIED(2, true, "sessions died", "Clients whose process ended without closing its manager."),
    /** Clients that were turned away. */
    SESSIONS_EXPELLED(3, true, "sessions expelled", "Clients refused, or cut off for what they sent or did not read."),
    /** Objects. */
    OBJECTS(4, false, "objects", "Managed objects, named and anonymous."),
    /** Messages that came in. */
    REQUESTS(5, true, "requests", "Messages of clients that were handled."),
    /** Messages that went out. */
    MESSAGES_SENT(6, true, "messages sent", "Replies and deliveries to clients."),
    /** Requests that wait. */
    REQUESTS_WAITING(7, false, "requests waiting", "Requests that wait for a lock, an item, room or an event."),
    /** Bytes of all objects. */
    STORED_BYTES(8, false, "stored bytes", "Bytes of all objects, with 64 for each item and entry."),
    /** Bytes allowed. */
    MAX_BYTES(9, false, "max bytes", "Most bytes that all objects may take (maxTotalBytes)."),
    /** Items. */
    ITEMS(10, false, "items", "Items of all queues, from the request to put them until they are done."),
    /** Items that came. */
    ITEMS_PUT(11, true, "items put", "Items put into queues, dead letters once more."),
    /** Items that went. */
    ITEMS_DONE(12, true, "items done", "Items taken, acknowledged where the queue is joinable, or removed."),
    /** Items that came back. */
    ITEMS_RETURNED(13, true, "items returned", "Items given back, or taken by clients that died: delivered again."),
    /** Dead letters. */
    ITEMS_DEAD(14, true, "items dead", "Items delivered too often, which went to a queue of dead letters."),
    /** Back pressure. */
    MESSAGES_DELAYED(15, true, "messages delayed", "Messages that a client's stream had no room for at once."),
    /** What waits for slow clients. */
    DELAYED_BYTES(16, false, "delayed bytes", "Bytes that wait in the server for clients that do not read."),
    /** The longest time that a client waited for its turn. */
    LONGEST_CYCLE_NS(17, false, "longest cycle ns", "Longest time without a look at streams, of the last 10 to 20 s."),

    /** Items that nobody has taken. */
    QUEUE_DEPTH(32, false, "depth", "Items that nobody has taken."),
    /** Items that somebody works at. */
    QUEUE_IN_HAND(33, false, "in hand", "Items of a joinable queue that are taken and not done."),
    /** Consumers that wait. */
    QUEUE_TAKERS(34, false, "takers", "Takes that wait for an item."),
    /** Producers that wait. */
    QUEUE_PUTTERS(35, false, "putters", "Puts that wait for room."),
    /** Items that came. */
    QUEUE_PUT(36, true, "put", "Items put into the queue."),
    /** Items that went. */
    QUEUE_DONE(37, true, "done", "Items taken, acknowledged where the queue is joinable, or removed.");

    /** Type id of the first, {@code CD} in hexadecimal. */
    public static final int FIRST_TYPE_ID = 0x4344;

    private static final int FIRST_OF_QUEUES = 32;
    private static final List<Metric> OF_MANAGER =
            Arrays.stream(values()).filter(metric -> !metric.isOfQueue()).toList();
    private static final List<Metric> OF_QUEUE =
            Arrays.stream(values()).filter(Metric::isOfQueue).toList();

    private final int code;
    private final boolean cumulative;
    private final String label;
    private final String help;

    Metric(final int code, final boolean cumulative, final String label, final String help) {
        this.code = code;
        this.cumulative = cumulative;
        this.label = label;
        this.help = help;
    }

    /** {@return those that a manager has once, in their order} */
    public static List<Metric> ofManager() {
        return OF_MANAGER;
    }

    /** {@return those that each queue has, in their order} */
    public static List<Metric> ofQueue() {
        return OF_QUEUE;
    }

    /** {@return the place in {@link #ofManager()} or {@link #ofQueue()}} */
    public int index() {
        return isOfQueue() ? ordinal() - OF_MANAGER.size() : ordinal();
    }

    /** {@return the type id of its counters} */
    public int typeId() {
        return FIRST_TYPE_ID + code;
    }

    /** {@return whether it only grows while the server lives} */
    public boolean isCumulative() {
        return cumulative;
    }

    /** {@return what it is, in a word or two} */
    public String label() {
        return label;
    }

    /** {@return what it is, in a sentence} */
    public String help() {
        return help;
    }

    /** {@return whether each queue has one} */
    public boolean isOfQueue() {
        return code >= FIRST_OF_QUEUES;
    }

    /**
     * The label of one counter.
     *
     * @param manager name of the manager
     * @param queue name of the queue, or null
     * @return the bytes of the label
     */
    public byte[] labelOf(final String manager, final String queue) {
        return (prefix(manager, queue == null ? "" : "/" + queue) + label).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The queue that a counter of this type is about.
     *
     * @param manager name of the manager
     * @param counterLabel as {@link #labelOf} made it
     * @return name of the queue, or null when the label is another's
     */
    public String queueOf(final String manager, final String counterLabel) {
        final String head = "condatis " + manager + "/";
        final String tail = ": " + label;
        return counterLabel.length() >= head.length() + tail.length()
                        && counterLabel.startsWith(head)
                        && counterLabel.endsWith(tail)
                ? counterLabel.substring(head.length(), counterLabel.length() - tail.length())
                : null;
    }

    private static String prefix(final String manager, final String queue) {
        return "condatis " + manager + queue + ": ";
    }
}
