package io.condatis.process;

import io.condatis.internal.os.JvmFlags;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of a worker: the parent's Java, flags, class path and module path, less what cannot be shared. */
final class ChildCommand {
    private static final String MAIN = WorkerMain.class.getName();
    private static final String LIBRARY_PATH = "jna.platform.library.path";

    /** Debuggers, ports and files that only one JVM can own. */
    private static final List<String> NOT_SHARED = List.of(
            "-agentlib:jdwp",
            "-Xrunjdwp",
            "-Xdebug",
            "-Dcom.sun.management.jmxremote",
            "-XX:StartFlightRecording",
            "-XX:FlightRecorderOptions",
            "-XX:ArchiveClassesAtExit",
            "-XX:DumpLoadedClassList",
            "-XX:AOTMode=record",
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration",
            "-XX:AOTCacheOutput",
            "-Xloggc:");

    private ChildCommand() {}

    static List<String> of(
            final Path otherJavaHome, final List<String> jvmOptions, final Map<String, String> environment) {
        final Path javaHome = otherJavaHome == null ? Path.of(System.getProperty("java.home")) : otherJavaHome;
        final List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        final List<String> flags = new ArrayList<>(flags(Inherited.FLAGS, JvmFlags.requiredBy(javaHome)));
        flags.addAll(jvmOptions);
        if (otherJavaHome == null) {
            command.addAll(ClassArchive.flags(flags, environment));
        }
        command.addAll(flags);
        addKnownLibraryPath(command);
        addPaths(command);
        return command;
    }

    /** Where JNA looks for libraries: it has asked another program about that here, and would ask it in the worker again. */
    private static void addKnownLibraryPath(final List<String> command) {
        final String path = System.getProperty(LIBRARY_PATH, "");
        if (!path.isEmpty() && command.stream().noneMatch(flag -> flag.startsWith("-D" + LIBRARY_PATH + "="))) {
            command.add("-D" + LIBRARY_PATH + "=" + path);
        }
    }

    static boolean buildArchive() throws InterruptedException {
        return ClassArchive.buildNow(
                flags(Inherited.FLAGS, JvmFlags.requiredBy(Path.of(System.getProperty("java.home")))));
    }

    static List<String> flags(final List<String> inherited, final List<String> required) {
        final Set<String> flags = new LinkedHashSet<>();
        inherited.stream().filter(ChildCommand::isShared).forEach(flags::add);
        flags.addAll(required);
        return List.copyOf(flags);
    }

    private static boolean isShared(final String flag) {
        if (!flag.startsWith("-") || NOT_SHARED.stream().anyMatch(flag::startsWith)) {
            return false;
        }
        final boolean debugger = flag.startsWith("-agentpath:") && flag.contains("jdwp");
        final boolean logFile = flag.startsWith("-Xlog:") && flag.contains("file=") && !flag.contains("%p");
        return !debugger && !logFile;
    }

    private static void addPaths(final List<String> command) {
        addOption(command, "-cp", "java.class.path");
        addOption(command, "-p", "jdk.module.path");
        final Module module = WorkerMain.class.getModule();
        if (module.isNamed()) {
            addOption(command, "--add-modules", "jdk.module.main");
            command.addAll(List.of("-m", module.getName() + "/" + MAIN));
        } else {
            command.add(MAIN);
        }
    }

    private static void addOption(final List<String> command, final String option, final String property) {
        final String value = System.getProperty(property, "");
        if (!value.isEmpty()) {
            command.addAll(List.of(option, value));
        }
    }

    /** The parent's flags, asked for once: the first question loads the JDK's management classes. */
    private static final class Inherited {
        static final List<String> FLAGS =
                ClassArchive.withoutOurs(ManagementFactory.getRuntimeMXBean().getInputArguments());

        private Inherited() {}
    }
}
