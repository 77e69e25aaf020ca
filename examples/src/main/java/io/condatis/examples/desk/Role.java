package io.condatis.examples.desk;

import io.condatis.examples.desk.market.BadInputException;
import io.condatis.manager.ManagerLostException;

/** What the processes of the desk have in common: how they are started, and how they end when something else has. */
final class Role {
    private static final int MANY_TRADES = 2_000_000;

    private Role() {}

    /**
     * {@return options for a JVM of the desk} When all is over within seconds and cores are few, compiling everything a
     * second time, and better, costs more than it gains: with the quick compiler alone 200,000 trades take a quarter of
     * the time.
     */
    static String[] jvmOptions(final int trades) {
        return trades < MANY_TRADES ? new String[] {"-XX:TieredStopAtLevel=1"} : new String[0];
    }

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
        } catch (final BadInputException e) {
            System.err.println("condatis demo: " + e.getMessage());
            System.exit(ExitCode.BAD_INPUT);
        } catch (final IllegalStateException | IllegalMonitorStateException e) {
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
