package io.condatis.cli;

/** Whether this JVM is on its way out, by Ctrl-C for example: what is in use is being closed then, and that it is, is no finding. */
final class Ending {
    private Ending() {}

    static boolean hasBegun() {
        final Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (final IllegalStateException e) {
            return true;
        }
    }
}
