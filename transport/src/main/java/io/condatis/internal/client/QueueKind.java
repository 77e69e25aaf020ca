package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.Kind;

/** Which queue. */
public enum QueueKind {
    /** First in first out; gone when taken. */
    PLAIN(Kind.QUEUE),
    /** Lowest priority first; gone when taken. */
    PRIORITY(Kind.PRIORITY_QUEUE),
    /** First in first out; kept until it is reported done. */
    JOINABLE(Kind.JOINABLE_QUEUE);

    final Kind kind;

    QueueKind(final Kind kind) {
        this.kind = kind;
    }
}
