package io.condatis.sync;

import io.condatis.internal.os.CrashPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The other process of a lock test. Prints {@code joined}, then obeys lines on its standard input: {@code lock},
 * {@code unlock}, {@code count N}, {@code consistent}, {@code join N}, {@code read-liveness}; answers each with a line; ends at
 * {@code exit} or end of input. Arguments after the directory are commands to obey first.
 */
final class LockPeer {
    private final LockRegion region;

    private LockPeer(final LockRegion region) {
        this.region = region;
    }

    public static void main(final String[] args) throws IOException {
        try (LockRegion region = LockRegion.attach(Path.of(args[0]))) {
            System.out.println("joined slot=" + region.participants().slot());
            final LockPeer peer = new LockPeer(region);
            for (int i = 1; i < args.length; i++) {
                System.out.println(peer.obey(args[i].split(" ")));
            }
            final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
            for (String line = commands.readLine(); line != null && !line.equals("exit"); line = commands.readLine()) {
                System.out.println(peer.obey(line.split(" ")));
            }
        }
    }

    private String obey(final String[] command) throws IOException {
        switch (command[0]) {
            case "lock":
                final long startNs = System.nanoTime();
                region.lock().lock();
                return "locked abandoned=" + region.lock().isAbandoned() + " afterMs="
                        + (System.nanoTime() - startNs) / 1_000_000;
            case "unlock":
                region.lock().unlock();
                return "unlocked";
            case "consistent":
                region.lock().markConsistent();
                return "consistent";
            case "count":
                final long passes = Long.parseLong(command[1]);
                for (long i = 0; i < passes; i++) {
                    region.count(LockPeer::between);
                }
                return "counted " + passes;
            case "join":
                final int joins = Integer.parseInt(command[1]);
                for (int i = 0; i < joins; i++) {
                    region.joinAgain();
                }
                return "joined " + joins;
            case "read-liveness":
                return "read " + Files.readAllBytes(region.liveness()).length;
            default:
                throw new IllegalArgumentException(command[0]);
        }
    }

    private static void between() {
        if (CrashPoint.ON) {
            CrashPoint.reached("test.inside");
        }
    }
}
