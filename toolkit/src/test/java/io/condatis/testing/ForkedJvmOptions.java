package io.condatis.testing;

import io.condatis.internal.os.JvmFlags;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a {@link ForkedJvm} is started. By default: this JVM's Java, class path and compilers, the required flags, and this
 * JVM's system properties that begin with {@code agrona.} or {@code condatis.}.
 */
public final class ForkedJvmOptions {
    private static final String COMPILERS = "-XX:TieredStopAtLevel=";

    private final Class<?> main;
    private final List<String> flags = new ArrayList<>();
    private final List<String> args = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private boolean requiredFlags = true;
    private List<String> target;

    ForkedJvmOptions(final Class<?> main) {
        this.main = main;
        this.target = List.of("-cp", System.getProperty("java.class.path"), main.getName());
    }

    /**
     * Adds arguments of the main method.
     *
     * @param more arguments
     * @return this
     */
    public ForkedJvmOptions args(final String... more) {
        args.addAll(List.of(more));
        return this;
    }

    /**
     * Adds JVM flags, after the required ones.
     *
     * @param more flags, each a single argument
     * @return this
     */
    public ForkedJvmOptions flags(final String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    /**
     * Sets a variable of the child's environment.
     *
     * @param name of the variable
     * @param value of the variable
     * @return this
     */
    public ForkedJvmOptions environment(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Chooses another Java.
     *
     * @param home directory that holds {@code bin/java}
     * @return this
     */
    public ForkedJvmOptions javaHome(final Path home) {
        javaHome = home;
        return this;
    }

    /**
     * Leaves out the flags that Condatis needs.
     *
     * @return this
     */
    public ForkedJvmOptions withoutRequiredFlags() {
        requiredFlags = false;
        return this;
    }

    /**
     * Runs the main class from a module, with a module path and no class path.
     *
     * @param path jars of modules
     * @param module that holds the main class
     * @return this
     */
    public ForkedJvmOptions modulePath(final List<Path> path, final String module) {
        final String joined = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        target = List.of("-p", joined, "-m", module + "/" + main.getName());
        return this;
    }

    /** {@return the running child} */
    public ForkedJvm start() {
        final ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().putAll(environment);
        return ForkedJvm.launch(main.getSimpleName(), builder);
    }

    private List<String> command() {
        final List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        if (requiredFlags) {
            command.addAll(JvmFlags.requiredBy(javaHome));
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("agrona.") || name.startsWith("condatis."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(command::add);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith(COMPILERS))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(target);
        command.addAll(args);
        return command;
    }
}
