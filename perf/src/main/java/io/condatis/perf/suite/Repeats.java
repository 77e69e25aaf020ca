package io.condatis.perf.suite;

import io.condatis.perf.report.LoadMeter;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Has a trial made again from which the hypervisor took the processors: it measured the host. The result is not looked at, only
 * what was taken. A quick run has no time for it, and no run has it for a host that takes some all the time.
 */
public final class Repeats {
    private static final double MOST_CORES = 0.03;
    private static final int MOST_ATTEMPTS = 3;
    /** So many attempts of a suite may be thrown away, and one more for each so many trials that count. */
    private static final int ALLOWANCE = 3;

    private static final int TRIALS_FOR_ONE = 5;

    private final boolean isPatient;
    private final PrintStream progress;
    private final Supplier<DoubleSupplier> meters;
    private int trials;
    private int thrownAway;
    private int spoiled;

    Repeats(final Scale scale, final PrintStream progress) {
        this(scale, progress, () -> LoadMeter.start()::coresStolen);
    }

    /**
     * @param scale how much time the run may take
     * @param progress told of each attempt that is thrown away
     * @param meters one that counts from now on for each attempt: asked at its end for the cores that were stolen meanwhile
     */
    Repeats(final Scale scale, final PrintStream progress, final Supplier<DoubleSupplier> meters) {
        isPatient = scale != Scale.QUICK;
        this.progress = progress;
        this.meters = meters;
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

    /** {@return what was made again, or counts although it should have been, and why; empty when nothing was} */
    public String note() {
        return thrownAway + spoiled == 0
                ? ""
                : "the hypervisor took more than " + MOST_CORES + " cores: attempts of trials that were thrown away: "
                        + thrownAway + ", that count all the same: " + spoiled;
    }

    /** Attempts at one trial. */
    public final class Trial {
        private final String name;
        private DoubleSupplier stolen = meters.get();
        private int attempts;

        private Trial(final String name) {
            this.name = name;
            trials++;
        }

        /**
         * An attempt has ended.
         *
         * @return whether it is to be made again, which begins now
         */
        public boolean again() {
            attempts++;
            final double cores = stolen.getAsDouble();
            if (!(cores > MOST_CORES)) { // nor when it is not known
                return false;
            }
            if (!isPatient || attempts == MOST_ATTEMPTS || thrownAway >= ALLOWANCE + trials / TRIALS_FOR_ONE) {
                spoiled++;
                return false;
            }
            thrownAway++;
            progress.printf(Locale.ROOT, "%s: again, the hypervisor took %.2f cores%n", name, cores);
            stolen = meters.get();
            return true;
        }
    }
}
