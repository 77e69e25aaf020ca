package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An owner that has another program executed in its place: pid and start time go on, what it held does not. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(LeakCheck.class)
class ExecTest {
    @TempDir
    Path directory;

    @Test
    void shouldTakeTheLockFromAnOwnerThatHasBecomeAnotherProgram() throws Exception {
        assumeTrue(Futex.get().canWake(), "the plain Java form asks for pid and start time, which stay");
        try (LockPeers peers = new LockPeers(directory);
                ForkedJvm owner =
                        ForkedJvm.of(Owner.class).args(directory.toString()).start()) {
            owner.awaitLine("locked", Await.DEADLINE);
            peers.region().participants().peerWatch().coversAll();
            owner.send("exec");
            assertTrue(peers.lock().tryLock(5, TimeUnit.SECONDS));
            assertTrue(peers.lock().isAbandoned());
            peers.lock().unlock();
            assertTrue(owner.isAlive(), "it goes on");
            assertTrue(nameOf(owner).equals("sleep"), nameOf(owner));
        }
    }

    private static String nameOf(final ForkedJvm process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                .strip();
    }

    /** Locks, and at the first line of input becomes another program, from a thread that is not the process's first. */
    static final class Owner {
        public static void main(final String[] args) throws IOException {
            LockRegion.attach(Path.of(args[0])).lock().lock();
            System.out.println("locked");
            System.in.read();
            Function.getFunction("c", "execv")
                    .invokeInt(new Object[] {"/bin/sleep", new String[] {"sleep", "600", null}});
        }
    }
}
