package io.condatis.perf.report;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where and when a run took place, so that its figures can be judged: the machine, the JVM, and what else was running.
 * Begun before the first trial, ended after the last.
 */
public final class Environment {
    private static final double QUIET_CORES = 0.2;
    private static final double QUIET_LOAD = 0.5;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final LoadMeter meter;
    private final double loadBefore;
    private String judgement = "";

    private Environment(final LoadMeter meter) {
        this.meter = meter;
        loadBefore = loadAverage();
    }

    /**
     * Note what is known before the run.
     *
     * @param command as the user gave it
     * @return the environment, to be ended
     */
    public static Environment begin(final String command) {
        final Environment environment = new Environment(LoadMeter.start());
        environment.facts.put("command", command);
        environment.facts.putAll(Machine.facts());
        return environment;
    }

    /** Note what is known after the run. */
    public void end() {
        final double others = meter.coresOfOthers();
        final double loadAfter = loadAverage();
        facts.put("load average", format(loadBefore) + " before, " + format(loadAfter) + " after (one minute)");
        facts.put(
                "other processes",
                format(others) + " cores on average during the run, " + format(meter.coresStolen())
                        + " of that taken by the hypervisor");
        judgement = judgement(others, loadBefore);
        facts.put("judgement", judgement);
    }

    /** {@return whether others used the machine and what that means for the figures; empty before the end} */
    public String judgement() {
        return judgement;
    }

    /**
     * A load average speaks only where it is not known what others used: the minute before may have been that of another run.
     * Loads that cannot be known are NaN and speak for quiet.
     */
    static String judgement(final double others, final double loadBefore) {
        if (others > QUIET_CORES) {
            return busy("others used " + format(others) + " cores during the run");
        }
        if (Double.isNaN(others) && loadBefore > QUIET_LOAD) {
            return busy("load average " + format(loadBefore) + " before the run");
        }
        return "quiet machine";
    }

    private static String busy(final String sign) {
        return "BUSY machine: " + sign + "; use ratios only, and with care";
    }

    /** {@return what is known so far, by name} */
    public Map<String, String> facts() {
        return Collections.unmodifiableMap(facts);
    }

    /** {@return a line for each fact} */
    public String text() {
        final int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        final StringBuilder text = new StringBuilder();
        facts.forEach((name, fact) -> text.append(name)
                .append(" ".repeat(width - name.length()))
                .append("  ")
                .append(fact)
                .append('\n'));
        return text.toString();
    }

    private static double loadAverage() {
        final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? Double.NaN : load;
    }

    private static String format(final double value) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%.2f", value);
    }
}
