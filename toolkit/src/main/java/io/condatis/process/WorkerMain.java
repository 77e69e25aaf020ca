package io.condatis.process;

import io.condatis.internal.os.ExitHooks;
import io.condatis.memory.Sweeper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Main class of a worker: takes its assignment from the standard input and runs it. Started by {@link WorkerProcess}. */
final class WorkerMain {
    private static volatile WorkerInfo current;
    private static volatile boolean orphaned;

    private WorkerMain() {}

    /** {@return who this JVM is, or null when it is no worker} */
    static WorkerInfo current() {
        return current;
    }

    /**
     * Runs the assignment. What it throws is left to the JVM, which prints the trace and makes the exit code 1.
     *
     * @param args none
     * @throws Exception whatever the target throws
     */
    public static void main(final String[] args) throws Exception {
        prepareEnd();
        final FileInputStream pipe = new FileInputStream(FileDescriptor.in);
        System.setIn(InputStream.nullInputStream());
        final Assignment assignment = Assignment.deserialise(read(pipe));
        current = new WorkerInfo(
                assignment.name(), ProcessHandle.current().pid(), assignment.parentPid(), assignment.daemon());
        if (assignment.daemon()) {
            ParentWatch.start(pipe, current);
        }
        Thread.currentThread().setName(assignment.name());
        assignment.target().run();
    }

    /** The first hook to be registered is the last to run. */
    static void prepareEnd() {
        ExitHooks.register(WorkerMain::end);
    }

    /** The parent is dead: what it alone had open has no other process that would remove it. */
    static void orphan() {
        orphaned = true;
    }

    private static void end() {
        ParentWatch.stop();
        if (orphaned) {
            Sweeper.sweep();
        }
    }

    private static byte[] read(final InputStream pipe) throws IOException {
        final DataInputStream in = new DataInputStream(pipe);
        try {
            final byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        } catch (final EOFException e) {
            System.err.println(
                    "condatis: no assignment came: the parent has died, or this was not started by WorkerProcess");
            orphan();
            System.exit(ParentWatch.EXIT_CODE);
            throw e;
        }
    }
}
