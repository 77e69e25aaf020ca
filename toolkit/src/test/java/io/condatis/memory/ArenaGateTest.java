package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.LivenessFile;
import io.condatis.internal.os.LivenessGate;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.sync.Participants;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Joining and the removal by the last one to leave never cross. */
@ExtendWith(LeakCheck.class)
class ArenaGateTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long GATE_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name = Names.unique();
    private final Path file = SharedDirectory.path().resolve(name);

    @Test
    void shouldFindNothingWhenArenaIsRemovedWhileJoinerWaitsAtTheGate() throws Exception {
        try (Arena creator = Arena.create(name, 4096)) {
            final Block block = Block.open(name);
            final Path liveness = livenessOf(block);
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread joiner = new Thread(() -> Arena.attach(name));
            joiner.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
            try (LivenessFile other = LivenessFile.open(liveness)) {
                final LivenessGate gate = other.gate(GATE_NS);
                joiner.start();
                Await.untilBlocked(joiner);
                Arena.remove(block.name(), liveness);
                gate.close();
            }
            joiner.join(DEADLINE.toMillis());

            assertInstanceOf(NameMissingException.class, thrown.get());
            assertEquals(0, creator.entries().size());
        }
    }

    @Test
    void shouldRemoveNothingWhenSomebodyJoinsWhileLastOneWaitsAtTheGate() throws Exception {
        final Arena last;
        try (ForkedJvm creator = ForkedJvm.start(ArenaPrograms.Creator.class, name)) {
            creator.awaitLine("created", DEADLINE);
            last = Arena.attach(name);
            creator.kill();
            creator.exitCode(DEADLINE);
        }
        final Block block = Block.open(name);
        final Thread leaver = new Thread(last::close);
        try (LivenessFile other = LivenessFile.open(livenessOf(block))) {
            final LivenessGate gate = other.gate(GATE_NS);
            leaver.start();
            Await.untilBlocked(leaver);
            final Participants participants =
                    Participants.join(block.memory(), ArenaDescriptor.PARTICIPANTS_OFFSET, livenessOf(block));
            final Arena joined = new Arena(block.name(), block.memory(), participants, false);
            gate.close();
            leaver.join(DEADLINE.toMillis());

            assertTrue(Files.exists(file));
            assertEquals(1, joined.entries().size());
            joined.close();
            assertFalse(Files.exists(file));
        }
    }

    private static Path livenessOf(final Block block) {
        return HiddenName.liveness(block.memory().getLong(ArenaDescriptor.GENERATION_OFFSET));
    }
}
