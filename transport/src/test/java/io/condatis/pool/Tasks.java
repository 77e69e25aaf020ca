package io.condatis.pool;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the workers of these tests are asked to do. */
final class Tasks {
    private static int initialised;

    private Tasks() {}

    static int square(final int x) {
        return x * x;
    }

    static int multiply(final int a, final int b) {
        return a * b;
    }

    static int squareAfter(final int x, final long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
        return x * x;
    }

    static int sleep(final int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
        return millis;
    }

    static long pid(final int ignored) {
        return ProcessHandle.current().pid();
    }

    static int failAtThree(final int x) {
        if (x == 3) {
            throw new IllegalArgumentException("three");
        }
        return x;
    }

    static int failAll(final int x) {
        throw new IllegalArgumentException("item " + x);
    }

    static int failAtLength(final int length) {
        throw new IllegalStateException("x".repeat(length));
    }

    static int halt(final int code) {
        Runtime.getRuntime().halt(code);
        return code;
    }

    static int haltAtThree(final int x) {
        return x == 3 ? halt(9) : x;
    }

    static int exit(final int code) {
        System.exit(code);
        return code;
    }

    static void initialise(final int value) {
        initialised += value;
    }

    static int initialised(final int ignored) {
        return initialised;
    }

    static void failToInitialise() throws IOException {
        throw new IOException("no licence");
    }

    /** Ignores its interruption. */
    static int spin(final int millis) {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return millis;
    }

    static byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        bytes[length - 1] = 42;
        return bytes;
    }

    static Object thread(final int ignored) {
        return new Thread();
    }

    static Object unreadable(final int ignored) {
        return new Unreadable(false);
    }

    static int take(final Object argument) {
        return 1;
    }

    static int throwUnspeakable(final int ignored) {
        throw new Unspeakable();
    }

    static int failUnserialisable(final int ignored) {
        throw new Unserialisable();
    }

    static Object failErroneously(final boolean failToWrite) {
        throw new ErroneousException(new Erroneous(failToWrite));
    }

    record Point(int x, int y) {}

    static Point mirror(final Point point) {
        return new Point(point.y, point.x);
    }

    static final class Unserialisable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient int fine = 1;
        private final Thread thread = new Thread();

        Unserialisable() {
            super("cannot travel");
        }

        @Override
        public String toString() {
            return super.toString() + (thread == null ? fine : "");
        }
    }

    /** Can be written, but neither asked what is wrong nor printed. */
    static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("says nothing");
        }
    }

    /** Can be written three times in this JVM. */
    static final class RefusesTheFourth implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger WRITTEN = new AtomicInteger();

        private void writeObject(final ObjectOutputStream out) throws IOException {
            if (WRITTEN.incrementAndGet() == 4) {
                throw new IllegalStateException("the fourth is not written");
            }
            out.defaultWriteObject();
        }
    }

    /** Cannot be written, or not read, because of an error. */
    static final class Erroneous implements Serializable {
        private static final long serialVersionUID = 1L;
        private final boolean failToWrite;

        Erroneous(final boolean failToWrite) {
            this.failToWrite = failToWrite;
        }

        private void writeObject(final ObjectOutputStream out) throws IOException {
            if (failToWrite) {
                throw new AssertionError("an error of its own");
            }
            out.defaultWriteObject();
        }

        private void readObject(final ObjectInputStream in) throws IOException {
            throw new AssertionError("an error of its own");
        }
    }

    /** As erroneous as what it holds. */
    static final class ErroneousException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Erroneous content;

        ErroneousException(final Erroneous content) {
            super("erroneous");
            this.content = content;
        }

        @Override
        public String toString() {
            return super.toString() + (content == null ? "" : "!");
        }
    }

    /** Can be written but not read, or not even written. */
    static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;
        private final boolean failToWrite;

        Unreadable(final boolean failToWrite) {
            this.failToWrite = failToWrite;
        }

        private void writeObject(final ObjectOutputStream out) throws IOException {
            if (failToWrite) {
                throw new IllegalStateException("not to be written");
            }
            out.defaultWriteObject();
        }

        private void readObject(final ObjectInputStream in) throws IOException {
            throw new IllegalStateException("not to be read");
        }
    }
}
