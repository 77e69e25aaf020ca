package io.condatis.internal.protocol;

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

    private Protocol() {}
}
