package io.condatis.perf.process;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/** A script of CPython that measures whenever it is told to, for as long as it is told, and says how long each call took. */
final class PythonTurns implements TurnTaker, AutoCloseable {
    private final TurnTimes times = new TurnTimes();
    private final Process process;
    private final OutputStream toScript;
    private final BufferedReader fromScript;

    private PythonTurns(final Process process) {
        this.process = process;
        toScript = process.getOutputStream();
        fromScript = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Starts the script, which ends when its input does: with this JVM at the latest. */
    static PythonTurns start(final List<String> command, final String what) throws IOException {
        final List<String> whole = new ArrayList<>(command);
        whole.add(what);
        return new PythonTurns(new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** {@return who measures; it has started who answers} */
    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void warmUp(final long durationNs) {
        measure(durationNs);
        times.forgetTurn();
    }

    @Override
    public void record(final long durationNs) {
        measure(durationNs);
        times.endTurn();
    }

    @Override
    public TrialResult result() {
        return times.result(Map.of());
    }

    private void measure(final long durationNs) {
        final String line;
        try {
            toScript.write((TimeUnit.NANOSECONDS.toMillis(durationNs) + "\n").getBytes(StandardCharsets.US_ASCII));
            toScript.flush();
            line = fromScript.readLine();
            if (line == null) {
                throw new EOFException("the script of CPython ended; its standard error says why");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        for (final String time : line.split(" ")) {
            times.add(Long.parseLong(time));
        }
    }

    @Override
    public void close() throws IOException {
        CloseHelper.quietClose(toScript); // it may have ended already
        try {
            process.waitFor(ThereAndBack.END_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        fromScript.close();
    }
}
