package io.condatis.internal.protocol;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Numbers that both ends of the wire must agree on. */
public final class Protocol {
    /** Version of messages and of what they mean; sent in Hello, a mismatch is refused. */
    public static final int VERSION = 1;

    /** Aeron stream of requests, one exclusive publication a session. */
    public static final int REQUEST_STREAM = 1001;

    /** Aeron stream of responses, one response channel a session. */
    public static final int RESPONSE_STREAM = 1002;

    /** Term length of both streams, in bytes; the longest message is an eighth of it. */
    public static final int TERM_LENGTH = 1024 * 1024;

    /** Longest message in bytes, SBE header included, that is sent whole; a longer one is sent in chunks. */
    public static final int MAX_WHOLE_LENGTH = TERM_LENGTH / 8;

    /** Longest payload in bytes. */
    public static final int MAX_VALUE_LENGTH = 64 << 20;

    /** Longest message in bytes, SBE header included: a payload and what is around it. */
    public static final int MAX_MESSAGE_LENGTH = MAX_VALUE_LENGTH + 128;

    /** Longest body in bytes of a put that spends a credit of its session's put window; longer ones are asked for. */
    public static final int MAX_CREDITED_LENGTH = 4096;
    /** In the label of a client's heartbeat counter: the participant, slot and generation, that it belongs to. */
    public static final Pattern CLIENT_NAME = Pattern.compile("name=condatis-([0-9]{1,4})-([0-9]{1,9})\\b");

    /**
     * How long the media driver waits for a sign of life of a client, and a client for one of the driver: longer than any
     * process is stopped or any machine asleep. Who has died is known from the kernel, within milliseconds.
     */
    public static final long DRIVER_PATIENCE_NS = TimeUnit.DAYS.toNanos(1);

    private Protocol() {}

    /**
     * {@return the name of a client, which {@link #CLIENT_NAME} finds}
     *
     * @param slot of the participant
     * @param generation of the slot
     */
    public static String clientName(final int slot, final int generation) {
        return "condatis-" + slot + "-" + generation;
    }
}
