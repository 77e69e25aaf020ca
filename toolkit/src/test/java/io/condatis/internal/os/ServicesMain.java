package io.condatis.internal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints which forms of the services this JVM has found, and proves that they work. */
final class ServicesMain {
    private ServicesMain() {}

    public static void main(final String[] args) throws IOException {
        final Path path = Files.createTempFile("liveness", null);
        try (LivenessFile file = LivenessFile.open(path)) {
            final boolean works = file.claim(1) && file.isHeld(1) && !file.isHeld(2);
            System.out.println(file.survivesOtherDescriptors() ? "liveness=ofd" : "liveness=channel");
            System.out.println("futex=" + Futex.get());
            System.out.println("works=" + works);
        } finally {
            Files.delete(path);
        }
    }
}
