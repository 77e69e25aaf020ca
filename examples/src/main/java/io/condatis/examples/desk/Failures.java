package io.condatis.examples.desk;

import io.condatis.error.CondatisException;
import java.io.PrintWriter;

/** Turns what went wrong into one line and an exit code; a bug keeps its stack trace. */
final class Failures {
    private Failures() {}

    static int explain(final Exception failure, final PrintWriter err) {
        if (Role.isEnding()) {
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
}
