package io.condatis.examples.desk;

import io.condatis.error.CondatisException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Turns what went wrong into one line and an exit code; a bug keeps its stack trace. */
final class Failures {
    private static final int LOOKS = 20;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private Failures() {}

    static int explain(final Exception failure, final PrintWriter err) {
        if (isInterrupted()) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof DeskException desk) {
            if (desk.exitCode() != ExitCode.INTERRUPTED) {
                err.println("condatis demo: " + desk.getMessage());
            }
            return desk.exitCode();
        }
        if (failure instanceof CondatisException) {
            err.println("condatis demo: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        return ExitCode.FAILURE;
    }

    /** A terminal interrupts all processes of the desk at once, and another one may have ended before this one begins to. */
    private static boolean isInterrupted() {
        for (int i = 0; i < LOOKS; i++) {
            if (Role.isEnding()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return false;
    }
}
