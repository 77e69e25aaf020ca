package io.condatis.examples.desk;

/** How the processes of the desk end. */
final class ExitCode {
    static final int OK = 0;

    /** The results differ, or something broke. */
    static final int FAILURE = 1;

    /** Wrong option or input. */
    static final int BAD_INPUT = 2;

    /** Of a feed or a worker: the manager has died. Only the coordinator says so, once for all of them. */
    static final int MANAGER_LOST = 3;

    /** Ctrl-C, as shells count it. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
