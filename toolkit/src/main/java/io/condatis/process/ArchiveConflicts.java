package io.condatis.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a JVM is told by which it is not to start from an archive of ours: it has one of its own, can use none, or is asked
 * for messages about it. From JDK 25 on a JVM that is told of two does not start at all.
 */
final class ArchiveConflicts {
    /** The last three name files that may say anything. */
    private static final List<String> FLAGS = List.of(
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:SharedClassListFile",
            "-XX:DumpLoadedClassList",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:+RecordDynamicDumpInfo",
            "-XX:AOT",
            "-Xlog:cds",
            "-Xlog:aot",
            "-javaagent",
            "-agentlib",
            "-agentpath",
            "--patch-module",
            "--upgrade-module-path",
            "--limit-modules",
            "-Xbootclasspath",
            "-Djava.system.class.loader",
            "-XX:Flags=",
            "-XX:VMOptionsFile=",
            "@");

    /** From these a JVM takes flags, too. */
    private static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    private ArchiveConflicts() {}

    /**
     * {@return whether there is any}
     *
     * @param flags on the command line
     * @param environment in which the JVM starts
     */
    static boolean isAny(final List<String> flags, final Map<String, String> environment) {
        final Stream<String> others = VARIABLES.stream()
                .map(variable -> environment.getOrDefault(variable, ""))
                .flatMap(value -> Arrays.stream(value.replaceAll("[\"']", "").split("\\s+")));
        return Stream.concat(flags.stream(), others)
                .anyMatch(flag -> FLAGS.stream().anyMatch(flag::startsWith));
    }
}
