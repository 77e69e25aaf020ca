package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.ForkedJvmOptions;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the primitives cost: no system call while nobody waits, next to nothing while somebody does, no carrier of virtual
 * threads. {@code -Dcondatis.long=true} waits for 30 seconds instead of 3.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class CostTest {
    private static final int FEWER = 20_000;
    private static final int MORE = 120_000;
    private static final int OPERATIONS_A_TURN = 18;

    /** The JVM's own threads tick some twenty times a second, more with company. */
    private static final long NOISE = 2_000;

    private static final long IDLE_S = Boolean.getBoolean("condatis.long") ? 30 : 5;
    private static final long MOST_US = 1_000 * IDLE_S;
    private static final int ATTEMPTS = 3;

    /** A wait of seconds looks too seldom for the JVM to compile what it runs, as it does for one of minutes. */
    private static final String[] COMPILED = {"-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.01"};

    @TempDir
    Path directory;

    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        shared = SharedObjects.create(Names.unique());
    }

    @AfterEach
    void closeRegion() {
        shared.close();
    }

    @Test
    void shouldMakeNoSystemCallWhenUncontended() throws Exception {
        final Path strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "strace is not installed");
        final long fewer = systemCalls(strace, FEWER);
        final long more = systemCalls(strace, MORE);
        assertTrue(fewer > 0, "strace has seen nothing");
        final long operations = (long) (MORE - FEWER) * OPERATIONS_A_TURN;
        assertTrue(more - fewer < NOISE, operations + " operations made " + (more - fewer) + " system calls");
    }

    /** The least of a few tries: what else runs on the machine makes each wake dearer, never cheaper. */
    @Test
    void shouldCostNextToNothingToWaitOnAnyPrimitive() {
        final Map<String, Long> least = new TreeMap<>();
        for (int attempt = 0;
                attempt < ATTEMPTS && (attempt == 0 || Collections.max(least.values()) >= MOST_US);
                attempt++) {
            idleCosts().forEach((primitive, us) -> least.merge(primitive, us, Math::min));
        }
        assertEquals(Gate.Kind.values().length, least.size());
        least.forEach((primitive, us) ->
                assertTrue(us < MOST_US, IDLE_S + " s of waiting for " + primitive + " cost " + us + " us"));
    }

    /** Microseconds of CPU time by primitive, in a region of its own: a process that ends leaves its semaphore's permit. */
    private static Map<String, Long> idleCosts() {
        try (SharedObjects region = SharedObjects.create(Names.unique());
                ForkedJvm waiter = peer().flags(COMPILED)
                        .args(region.name(), "idle", Long.toString(IDLE_S))
                        .start()) {
            waiter.awaitLine("done", Duration.ofSeconds(IDLE_S + 60));
            System.out.println("idle for " + IDLE_S + " s: " + waiter.lines());
            return waiter.lines().stream()
                    .filter(line -> line.contains(" us="))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(' ')),
                            line -> Long.parseLong(line.substring(line.indexOf('=') + 1))));
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldLetVirtualThreadsWaitForEachOtherWhenThereIsOneCarrier() {
        final ForkedJvmOptions options = peer().flags(
                        "-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .args(shared.name(), "virtual");
        try (ForkedJvm child = options.start()) {
            child.awaitLine("done", Await.DEADLINE);
            for (final Gate.Kind kind : Gate.Kind.values()) {
                assertTrue(child.lines().contains(kind + " passed"), child.output());
            }
            assertTrue(child.lines().contains("owner true"), child.output());
            assertEquals(List.of(), child.errorLines(), "of threads that failed");
        }
    }

    private static ForkedJvmOptions peer() {
        return ForkedJvm.of(GatePeer.class).flags("-XX:+UseSerialGC");
    }

    /** By a child that does things a number of times. */
    private long systemCalls(final Path strace, final int count) throws IOException {
        final Path report = directory.resolve("calls" + count);
        final Path home = Wrapper.of(directory.resolve("strace" + count), strace + " -f -c -o '" + report + "'");
        try (ForkedJvm child = peer().flags("-XX:TieredStopAtLevel=1")
                .javaHome(home)
                .args(shared.name(), "loop", Integer.toString(count))
                .start()) {
            assertEquals(0, child.exitCode(Duration.ofSeconds(60)), child.output());
        }
        try (Stream<String> lines = Files.lines(report)) {
            final String total = lines.filter(line -> line.endsWith(" total"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no total in " + report));
            return Long.parseLong(total.trim().split(" +")[3]);
        }
    }
}
