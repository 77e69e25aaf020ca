package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects of the user's own classes in the server, as _TestMyManager has them, and what can go wrong with them. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class CustomObjectsTest {
    private static Manager manager;

    /** What others may call. */
    public interface Account {
        long deposit(long amount);

        long balance();

        List<Long> history(int from, String... labels);

        void fail(String how) throws IOException;

        Object give(String what);

        void take(Object anything);

        boolean await(String gate) throws InterruptedException;

        void open(String gate);

        long serverPid();

        default long twice() {
            return 2 * balance();
        }

        static long ignored() {
            return 0;
        }
    }

    /** The same name on the wire, other methods. */
    public interface OtherAccount {
        long balance();
    }

    /** An exception that is not allowed in payloads. */
    public static final class PrivateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PrivateException(final String message) {
            super(message);
        }
    }

    /** An exception that is allowed. */
    public static final class OverdrawnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OverdrawnException(final String message) {
            super(message);
        }
    }

    /** Not allowed in payloads. */
    public record Secret(String text) {}

    /** Lives in the server. */
    static final class BankAccount implements Account, AutoCloseable {
        private static final CountDownLatch GATE = new CountDownLatch(1);
        private static volatile int closed;

        private final List<Long> history = new ArrayList<>();
        private long balance;

        BankAccount(final long balance) {
            if (balance < 0) {
                throw new OverdrawnException("balance=" + balance + " is negative");
            }
            this.balance = balance;
        }

        @Override
        public long deposit(final long amount) {
            final long before = balance;
            Thread.onSpinWait();
            balance = before + amount;
            history.add(amount);
            return balance;
        }

        @Override
        public long balance() {
            return balance;
        }

        @Override
        public List<Long> history(final int from, final String... labels) {
            return history.subList(from, history.size()).stream()
                    .map(amount -> amount * labels.length)
                    .toList();
        }

        @Override
        public void fail(final String how) throws IOException {
            switch (how) {
                case "declared" -> throw new IOException("disk on fire");
                case "standard" -> throw new IllegalStateException("not now", new ArithmeticException("by zero"));
                case "allowed" -> throw new OverdrawnException("no money");
                case "private" -> throw new PrivateException("between us");
                case "undeclared" -> sneak(new ClassNotFoundException("where is it"));
                case "error" -> throw new StackOverflowError("deep");
                default -> throw new IllegalArgumentException(how);
            }
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(final Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override
        public Object give(final String what) {
            return switch (what) {
                case "secret" -> new Secret("s");
                case "thread" -> Thread.currentThread();
                case "closed" -> closed;
                case "too much" -> new byte[65 << 20];
                default -> null;
            };
        }

        @Override
        public void take(final Object anything) {
            history.add(-1L);
        }

        @Override
        public boolean await(final String gate) throws InterruptedException {
            return GATE.await(30, SECONDS);
        }

        @Override
        public void open(final String gate) {
            GATE.countDown();
        }

        @Override
        public long serverPid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @BeforeAll
    static void start() {
        manager = Manager.start(new ManagerOptions()
                .allow(OverdrawnException.class)
                .allow(IOException.class)
                .register("account", Account.class, arguments -> new BankAccount((long) arguments[0]))
                .register("nothing", Account.class, arguments -> null)
                .register("broken", Account.class, arguments -> {
                    throw new PrivateException("no factory today");
                }));
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    @Test
    void testMyManagerRunsMethodsOfTheInterfaceInTheServer() {
        final Account account = manager.create("account", Account.class, 5L);

        assertEquals(12, account.deposit(7));
        assertEquals(24, account.twice());
        assertEquals(List.of(14L), account.history(0, "a", "b"));
        assertEquals(manager.serverPid(), account.serverPid());
        assertTrue(account.toString().contains("custom object of the type \"account\""), account.toString());
    }

    /** Also {@code test_mymanager_context_prestarted}: a manager is always started before its block. */
    @Test
    void testMyManagerContext() {
        final Manager ended;
        try (Manager block = Manager.start(new ManagerOptions()
                .register("account", Account.class, arguments -> new BankAccount((long) arguments[0])))) {
            assertEquals(12, block.create("account", Account.class, 5L).deposit(7));
            ended = block;
        }
        assertFalse(
                ProcessHandle.of(ended.serverPid()).map(ProcessHandle::isAlive).orElse(false));
        assertThrows(IllegalStateException.class, () -> ended.create("account", Account.class, 5L));
    }

    @Test
    void testMyManagerThrowsWhatTheMethodThrows() {
        final Account account = manager.create("account", Account.class, 5L);

        final IllegalStateException standard =
                assertThrows(IllegalStateException.class, () -> account.fail("standard"));
        assertEquals("not now", standard.getMessage());
        assertEquals("by zero", standard.getCause().getMessage());
        final RemoteTrace trace =
                assertInstanceOf(RemoteTrace.class, standard.getCause().getCause());
        assertTrue(trace.getMessage().contains("BankAccount.fail"), trace.getMessage());
        assertTrue(trace.getMessage().contains(manager.name()), trace.getMessage());
        assertEquals(CustomObjectsTest.class.getName(), hereIn(standard));

        assertEquals(
                "no money",
                assertThrows(OverdrawnException.class, () -> account.fail("allowed"))
                        .getMessage());
        assertEquals(
                "disk on fire",
                assertThrows(IOException.class, () -> account.fail("declared")).getMessage());
        assertEquals(5, account.balance());
    }

    private static String hereIn(final Throwable thrown) {
        for (final StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().equals(CustomObjectsTest.class.getName())) {
                return frame.getClassName();
            }
        }
        return "";
    }

    @Test
    void shouldDescribeWhatCannotBeThrownHere() {
        final Account account = manager.create("account", Account.class, 5L);

        for (final String[] expected : new String[][] {
            {"private", "PrivateException: between us"},
            {"error", "StackOverflowError: deep"},
            {"undeclared", "which it does not declare"}
        }) {
            final RemoteCallException e = assertThrows(RemoteCallException.class, () -> account.fail(expected[0]));
            assertTrue(e.getMessage().contains("fail of the custom object"), e.getMessage());
            assertTrue(e.getMessage().contains(expected[1]), e.getMessage());
        }
        assertEquals(5, account.balance());
    }

    @Test
    void shouldHurtOnlyTheCallWhoseResultOrArgumentCannotTravel() {
        final Account account = manager.create("account", Account.class, 5L);

        for (final String what : List.of("secret", "thread")) {
            final RemoteCallException e = assertThrows(RemoteCallException.class, () -> account.give(what));
            assertTrue(e.getMessage().contains("PayloadException"), e.getMessage());
        }
        final RemoteCallException tooMuch = assertThrows(RemoteCallException.class, () -> account.give("too much"));
        assertTrue(tooMuch.getMessage().contains("longer than the limit of 67108864"), tooMuch.getMessage());
        final CondatisException refused = assertThrows(CondatisException.class, () -> account.take(new Secret("mine")));
        assertTrue(refused.getMessage().contains("Secret"), refused.getMessage());
        assertEquals(5, account.balance());
        assertEquals(List.of(), account.history(0));
    }

    @Test
    void testMyManagerExposesNothingButTheInterface() {
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> manager.create("account", OtherAccount.class, 5L));
        assertTrue(e.getMessage().contains("another version"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> manager.create("account", BankAccount.class, 5L));
        assertThrows(IllegalArgumentException.class, () -> new ManagerOptions()
                .register("x", BankAccount.class, arguments -> new BankAccount(0)));
        final IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> manager.create("unknown", Account.class));
        assertTrue(unknown.getMessage().contains("only [account, broken, nothing]"), unknown.getMessage());
    }

    @Test
    void shouldThrowWhatTheFactoryThrows() {
        // What earlier tests have forgotten goes at any collection: now, and not between two counts.
        Await.until("nothing without a name is left", () -> {
            System.gc();
            return manager.objects().stream().noneMatch(object -> object.name().isEmpty());
        });
        final long before = manager.objectCount();
        assertEquals(
                "balance=-1 is negative",
                assertThrows(OverdrawnException.class, () -> manager.create("account", Account.class, -1L))
                        .getMessage());
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> manager.create("account", Account.class));
        assertThrows(ClassCastException.class, () -> manager.create("account", Account.class, "text"));
        assertTrue(assertThrows(IllegalStateException.class, () -> manager.create("nothing", Account.class))
                .getMessage()
                .contains("made null"));
        assertTrue(assertThrows(RemoteCallException.class, () -> manager.create("broken", Account.class))
                .getMessage()
                .contains("no factory today"));
        assertEquals(before, manager.objectCount());
    }

    @Test
    void shouldFindANamedObjectInEveryProcess() throws InterruptedException {
        final Account account = manager.getOrCreate("ours", "account", Account.class, 100L);
        try (WorkerProcess worker = WorkerProcess.start(CustomObjectsTest::deposit, manager.handle(), 1_000)) {
            for (int i = 0; i < 1_000; i++) {
                account.deposit(1);
            }
            worker.join();
            assertEquals(0, worker.exitCode().getAsInt());
        }
        assertEquals(2_100, account.balance());
        assertEquals(account, manager.getOrCreate("ours", "account", Account.class));
        assertNotEquals(account, manager.create("account", Account.class, 100L));
        assertTrue(manager.delete("ours"));
        final IllegalStateException gone = assertThrows(IllegalStateException.class, account::balance);
        assertTrue(gone.getMessage().contains("was deleted"), gone.getMessage());
    }

    private static void deposit(final ManagerHandle handle, final Integer times) {
        try (Manager other = Manager.connect(handle)) {
            final Account account = other.getOrCreate("ours", "account", Account.class, -7L);
            for (int i = 0; i < times; i++) {
                account.deposit(1);
            }
        }
    }

    @Test
    void shouldNotLetABlockedCallHoldUpTheServerOrOtherObjects() throws InterruptedException {
        final Account blocked = manager.create("account", Account.class, 1L);
        final AtomicReference<Object> outcome = new AtomicReference<>();
        final Thread waiting = new Thread(() -> {
            try {
                outcome.set(blocked.await("gate"));
            } catch (final InterruptedException e) {
                outcome.set(e);
            }
        });
        waiting.start();
        Await.untilBlocked(waiting);
        final Thread queued = new Thread(blocked::balance);
        queued.start();
        Await.untilBlocked(queued);
        manager.dict("d").put("k", 1);
        final Account free = manager.create("account", Account.class, 2L);
        assertEquals(2, free.balance());

        final Account interrupted = manager.create("account", Account.class, 1L);
        final AtomicReference<Object> cut = new AtomicReference<>();
        final Thread cancelled = new Thread(() -> {
            try {
                cut.set(interrupted.await("gate"));
            } catch (final InterruptedException e) {
                cut.set("interrupted");
            }
        });
        cancelled.start();
        Await.untilBlocked(cancelled);
        cancelled.interrupt();
        cancelled.join(5_000);
        assertEquals("interrupted", cut.get());
        queued.interrupt();
        queued.join(5_000);
        assertFalse(queued.isAlive());

        free.open("gate");
        waiting.join(5_000);
        assertEquals(true, outcome.get());
        assertEquals(1, blocked.balance());
        assertEquals(1, interrupted.balance());
    }

    @Test
    void shouldCloseWhatIsDeletedWhenItCanBeClosed() {
        final Account watcher = manager.create("account", Account.class, 1L);
        final int before = (int) watcher.give("closed");
        manager.getOrCreate("short", "account", Account.class, 1L);
        manager.delete("short");

        Await.until("the object is closed", Duration.ofSeconds(10), () -> (int) watcher.give("closed") > before);
    }

    @Test
    void shouldCarryLargeArgumentsAndResults() {
        final byte[] large = new byte[3 << 20];
        final Account account = manager.create("account", Account.class, 1L);
        account.take(large);
        assertEquals(List.of(-1L), account.history(0, "x"));
        assertArrayEquals(new Object[] {1L}, new Object[] {account.balance()});
    }

    @Test
    void shouldTellThoseWhoWaitWhenTheServerIsKilled() throws InterruptedException {
        try (Manager mortal = Manager.start(new ManagerOptions()
                .register("account", Account.class, arguments -> new BankAccount((long) arguments[0])))) {
            final Account account = mortal.create("account", Account.class, 1L);
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            final Thread waiting = new Thread(() -> {
                try {
                    account.await("gate");
                } catch (final InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            Await.untilBlocked(waiting);
            ProcessHandle.of(mortal.serverPid()).orElseThrow().destroyForcibly();
            waiting.join(5_000);
            assertInstanceOf(ManagerLostException.class, thrown.get());
        }
    }
}
