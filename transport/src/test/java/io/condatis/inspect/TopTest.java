package io.condatis.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.condatis.SharedObjects;
import io.condatis.sync.SharedLock;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(LeakCheck.class)
class TopTest {
    private static final int SIGINT_CODE = 130;

    @Test
    void shouldFitIntoEightyColumnsWhateverTheNames() throws Exception {
        final String name =
                Names.unique() + "-\u4ef7\u683c\u4ef7\u683c\u4ef7\u683c\u4ef7\u683c\u4ef7\u683c\u4ef7\u683c";
        try (SharedObjects shared = SharedObjects.create(name)) {
            for (int i = 0; i < 40; i++) {
                shared.lock("a lock with a rather long name \u001b[31m, number " + i)
                        .lock();
            }
            final Run top = Run.of(new TopCommand(), "--once");
            for (final String line : top.out().lines().toList()) {
                assertTrue(Text.width(line) <= 80, line);
                assertFalse(line.contains("\u001b"), line);
            }
            final Sample sample = Sample.take();
            for (final int[] size : List.of(new int[] {80, 24}, new int[] {60, 16}, new int[] {132, 40})) {
                final List<String> lines = new Frame(sample, sample, new Holds()).lines(size[0], size[1]);
                assertTrue(lines.size() < size[1], () -> String.join("\n", lines));
                lines.forEach(line -> assertTrue(Text.width(line) <= size[0], line));
                assertTrue(lines.stream().anyMatch(line -> line.startsWith("... ")), () -> String.join("\n", lines));
            }
        }
    }

    @Test
    void shouldShowWhoHoldsWhatAndForHowLong() throws Exception {
        final String name = Names.unique();
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedLock lock = shared.lock("gate");
            lock.lock();
            final JsonObject top =
                    Run.of(new TopCommand(), "--once", "--format", "json").json();
            final JsonObject gate =
                    Run.where(top.get("locks"), "object", name + "/gate").get(0);
            final JsonObject holder = gate.getAsJsonArray("holders").get(0).getAsJsonObject();
            assertEquals(ProcessHandle.current().pid(), holder.get("pid").getAsLong());
            assertTrue(gate.get("heldForMs").getAsLong() >= 250, gate::toString);
            lock.unlock();
        }
    }

    @Test
    void shouldCountWaitsBetweenTwoLooks() throws Exception {
        final String name = Names.unique();
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedLock lock = shared.lock("gate");
            final Sample before = Sample.take();
            lock.lock();
            final Thread waiter = new Thread(() -> {
                lock.lock();
                lock.unlock();
            });
            waiter.start();
            Await.untilBlocked(waiter);
            lock.unlock();
            waiter.join();
            final Sample after = Sample.take();
            assertEquals(1, after.locks().get(name + "/gate").waits());
            assertTrue(after.waitsPerSecond(name + "/gate", before) > 0);
        }
    }

    @Test
    void shouldEndByQ() {
        try (ForkedJvm top = start()) {
            top.send("q");
            assertEquals(0, top.exitCode(Await.DEADLINE));
        }
    }

    @Test
    void shouldEndWithItsInput() throws Exception {
        try (ForkedJvm top = start()) {
            top.process().getOutputStream().close();
            assertEquals(0, top.exitCode(Await.DEADLINE));
        }
    }

    @Test
    void shouldEndByCtrlC() {
        try (ForkedJvm top = start()) {
            top.signal("INT");
            assertEquals(SIGINT_CODE, top.exitCode(Await.DEADLINE));
            assertEquals(List.of(), top.errorLines());
        }
    }

    private static ForkedJvm start() {
        final ForkedJvm top = ForkedJvm.start(TopCommand.class, "--interval", "0.1");
        top.awaitLine("condatis top", Await.DEADLINE);
        return top;
    }
}
