package io.condatis.examples.desk;

import io.condatis.manager.ManagerLostException;

/** What the feed and the workers have in common: how their processes end when something else has ended. */
final class Role {
    private Role() {}

    /** What a process does. */
    @FunctionalInterface
    interface Body {
        void play() throws InterruptedException;
    }

    static void play(final Body body) throws InterruptedException {
        try {
            body.play();
        } catch (final ManagerLostException e) {
            System.exit(ExitCode.MANAGER_LOST);
        } catch (final IllegalStateException e) {
            // At the end of this JVM its exit hooks close what the main thread is still using.
            if (!isEnding()) {
                throw e;
            }
        }
    }

    /** {@return whether this JVM is on its way out, by a signal for example} */
    static boolean isEnding() {
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
