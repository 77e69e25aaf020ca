package io.condatis.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a worker is started where the defaults do not fit. Mutable, not thread-safe, may be used for several workers; what
 * is changed later has no effect on workers already started.
 */
public final class WorkerOptions {
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String name;
    private Path javaHome;
    private Boolean daemon;
    private Redirect output = Redirect.INHERIT;
    private Redirect errors = Redirect.INHERIT;

    WorkerOptions() {}

    /**
     * Names the worker: its main thread is called so, and so are messages about it. Default: {@code worker-} and a number.
     *
     * @param newName any text
     * @return this
     */
    public WorkerOptions name(final String newName) {
        name = Objects.requireNonNull(newName, "name");
        return this;
    }

    /**
     * Adds options of the worker's JVM, such as {@code -Xmx1g}; they come after the inherited ones and win over them.
     *
     * @param options each a single argument
     * @return this
     */
    public WorkerOptions jvmOptions(final String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /**
     * Sets a variable in the worker's environment, which is otherwise a copy of this process's.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public WorkerOptions environment(final String variable, final String value) {
        environment.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Chooses another Java than the running one. It must understand the flags that the worker inherits.
     *
     * @param home directory of the installation, holding {@code bin/java}
     * @return this
     */
    public WorkerOptions javaHome(final Path home) {
        javaHome = Objects.requireNonNull(home, "home");
        return this;
    }

    /**
     * Sends the worker's standard output elsewhere. With {@link Redirect#PIPE} it is read from
     * {@link WorkerProcess#output()}; a worker blocks while nobody reads a full pipe.
     *
     * @param destination default {@link Redirect#INHERIT}
     * @return this
     */
    public WorkerOptions output(final Redirect destination) {
        output = Objects.requireNonNull(destination, "destination");
        return this;
    }

    /**
     * Sends the worker's standard error elsewhere. With {@link Redirect#PIPE} it is read from
     * {@link WorkerProcess#errors()}; a worker blocks while nobody reads a full pipe.
     *
     * @param destination default {@link Redirect#INHERIT}
     * @return this
     */
    public WorkerOptions errors(final Redirect destination) {
        errors = Objects.requireNonNull(destination, "destination");
        return this;
    }

    /**
     * Says whether the worker dies with this process. One that does not is waited for when this JVM ends, also by
     * SIGINT or SIGTERM, and goes on when this JVM is killed.
     *
     * @param diesWithParent default true, or in a worker what that worker is itself
     * @return this
     */
    public WorkerOptions daemon(final boolean diesWithParent) {
        daemon = diesWithParent;
        return this;
    }

    /** {@return new options with these values} */
    public WorkerOptions copy() {
        final WorkerOptions copy = new WorkerOptions();
        copy.jvmOptions.addAll(jvmOptions);
        copy.environment.putAll(environment);
        copy.name = name;
        copy.javaHome = javaHome;
        copy.daemon = daemon;
        copy.output = output;
        copy.errors = errors;
        return copy;
    }

    boolean isDaemon() {
        return daemon != null
                ? daemon
                : WorkerProcess.current().map(WorkerInfo::isDaemon).orElse(true);
    }

    String nameOr(final String other) {
        return name == null ? other : name;
    }

    ProcessBuilder builder() {
        final ProcessBuilder builder = new ProcessBuilder();
        builder.environment().putAll(environment);
        builder.command(ChildCommand.of(javaHome, jvmOptions, builder.environment()));
        return builder.redirectOutput(output).redirectError(errors);
    }
}
