package io.condatis.process;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Main class of the JVM whose loaded classes become the archive: does what workers do first, and exits, which writes it.
 * Ends without writing when its standard input does, for then nobody waits for the archive.
 */
final class ArchiveMain {
    private ArchiveMain() {}

    /**
     * Runs all warm-ups.
     *
     * @param args none
     * @throws Exception when even the first steps of a worker cannot be done
     */
    public static void main(final String[] args) throws Exception {
        final Thread watch = new Thread(ArchiveMain::awaitEnd, "condatis-archive-watch");
        watch.setDaemon(true);
        watch.start();
        WorkerMain.prepareEnd();
        for (final Class<?> later : List.of(WorkerInfo.class, ParentWatch.class)) {
            Class.forName(later.getName());
        }
        final Worker nothing = () -> {};
        Assignment.deserialise(new Assignment("warm-up", 0, true, nothing).serialise(List.of(nothing)))
                .target()
                .run();
        final Iterator<WarmUp> warmUps = ServiceLoader.load(WarmUp.class).iterator();
        while (true) {
            try {
                if (!warmUps.hasNext()) {
                    break;
                }
                warmUps.next().run();
            } catch (final Exception | LinkageError | ServiceConfigurationError e) {
                continue; // the archive is only poorer without it
            }
        }
        System.exit(0);
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (final IOException e) {
            // As good as its end.
        }
        giveUp();
    }

    /** By a signal: before HotSpot halts it writes what it has, and from JDK 25 on has another JVM do so. */
    private static void giveUp() {
        final ProcessHandle self = ProcessHandle.current();
        self.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            Signals.send("KILL", self.pid());
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
