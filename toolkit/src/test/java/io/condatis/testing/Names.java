package io.condatis.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** Names of shared memory that no other test uses, in this JVM or beside it. */
public final class Names {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Names() {}

    /**
     * A new name.
     *
     * @return short enough for anything
     */
    public static String unique() {
        return "condatis-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }
}
