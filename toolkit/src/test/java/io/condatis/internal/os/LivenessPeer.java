package io.condatis.internal.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that claims a slot: arguments are the liveness file and the slot. Prints whether it got it and what it knows of
 * this machine's services, then obeys {@code read}, {@code release}, {@code child}, {@code gate}, until the input ends.
 */
final class LivenessPeer {
    private LivenessPeer() {}

    public static void main(final String[] args) throws IOException {
        final Path path = Path.of(args[0]);
        final int slot = Integer.parseInt(args[1]);
        try (LivenessFile file = LivenessFile.open(path)) {
            System.out.println("claimed=" + file.claim(slot) + " " + file);
            final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                switch (line) {
                    case "read":
                        System.out.println("read " + Files.readAllBytes(path).length);
                        break;
                    case "release":
                        file.release(slot);
                        System.out.println("released");
                        break;
                    case "child":
                        System.out.println("child "
                                + new ProcessBuilder("sleep", "60").start().pid());
                        break;
                    case "gate":
                        file.gate(1_000_000_000L);
                        System.out.println("gate held");
                        break;
                    default:
                        throw new IllegalArgumentException(line);
                }
            }
        }
    }
}
