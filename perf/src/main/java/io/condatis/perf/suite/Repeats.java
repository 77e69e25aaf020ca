package io.condatis.perf.suite;

import io.condatis.perf.report.LoadMeter;
import java.io.PrintStream;

/**
 * Has a trial made again from which the hypervisor took the processors: it measured the host. The result is not looked at, only
 * what was taken.
 */
public final class Repeats {
    private static final double MOST_CORES = 0.03;
    private static final int MOST_ATTEMPTS = 3;

    private final boolean isPatient;
    private final PrintStream progress;
    private int count;

    Repeats(final Scale scale, final PrintStream progress) {
        isPatient = scale != Scale.QUICK;
        this.progress = progress;
    }

    /**
     * Begins the first attempt.
     *
     * @param name of the trial, for the user
     * @return to be asked after each attempt
     */
    public Trial begin(final String name) {
        return new Trial(name);
    }

    /** {@return what was made again, and why; empty when nothing was} */
    public String note() {
        return count == 0
                ? ""
                : "attempts of trials that were thrown away because the hypervisor took more than " + MOST_CORES
                        + " cores meanwhile: " + count;
    }

    /** Attempts at one trial. */
    public final class Trial {
        private final String name;
        private LoadMeter load = LoadMeter.start();
        private int attempts;

        private Trial(final String name) {
            this.name = name;
        }

        /**
         * An attempt has ended.
         *
         * @return whether it is to be made again, which begins now
         */
        public boolean again() {
            attempts++;
            final double cores = load.coresStolen();
            if (!isPatient || attempts == MOST_ATTEMPTS || !isTooMuch(cores)) {
                return false;
            }
            count++;
            progress.printf("%s: again, the hypervisor took %.2f cores%n", name, cores);
            load = LoadMeter.start();
            return true;
        }
    }

    /** What is not known is not too much. */
    static boolean isTooMuch(final double cores) {
        return cores > MOST_CORES;
    }
}
