package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(30)
class VirtualThreadsTest {
    @Test
    void shouldTakeAnOrdinaryThreadForWhatItIs() {
        assertFalse(VirtualThreads.isCurrentVirtual());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRecogniseAVirtualThread() throws Exception {
        final Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        final ThreadFactory factory = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        final AtomicBoolean virtual = new AtomicBoolean();
        final Thread thread = factory.newThread(() -> virtual.set(VirtualThreads.isCurrentVirtual()));
        thread.start();
        thread.join();
        assertTrue(virtual.get());
        assertEquals(true, Thread.class.getMethod("isVirtual").invoke(thread));
    }
}
