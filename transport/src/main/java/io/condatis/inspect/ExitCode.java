package io.condatis.inspect;

/** What the commands return to scripts. */
final class ExitCode {
    static final int FINE = 0;

    /** Something is stale, damaged or to be mended. */
    static final int FINDINGS = 1;

    /** The command line is wrong; picocli's own code. */
    static final int USAGE = 2;

    /** Nothing has the name that was asked for. */
    static final int MISSING = 3;

    /** The shared directory, or what is in it, could not be read. */
    static final int FAILED = 4;

    private ExitCode() {}
}
