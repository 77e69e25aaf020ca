package io.condatis.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What kind of archive this JVM has, and its flags: from JDK 25 on an ahead-of-time cache, of linked classes (JEP 483, 514),
 * before that class-data sharing.
 */
enum ArchiveKind {
    SHARED_CLASSES("-XX:SharedArchiveFile=", List.of("-Xshare:auto"), "-XX:ArchiveClassesAtExit=", List.of()),
    /** Without profiles: by those a worker compiles at its start what it needs for a moment, and is slower to be there. */
    CACHE(
            "-XX:AOTCache=",
            List.of(),
            "-XX:AOTCacheOutput=",
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining"));

    /** Of the JVM that speaks of it in its log. */
    private static final int AOT_LOG_FEATURE = 24;
    /** Of the JVM that makes one at the end of a run. */
    private static final int CACHE_FEATURE = 25;

    private final String use;
    private final List<String> usedWith;
    private final String record;
    private final List<String> recordedWith;

    ArchiveKind(final String use, final List<String> usedWith, final String record, final List<String> recordedWith) {
        this.use = use;
        this.usedWith = usedWith;
        this.record = record;
        this.recordedWith = recordedWith;
    }

    static ArchiveKind ofThisJvm() {
        return Runtime.version().feature() >= CACHE_FEATURE ? CACHE : SHARED_CLASSES;
    }

    /** Quiet: an archive that does not fit, because a jar has changed or other flags are given, is passed over. */
    List<String> using(final Path archive) {
        final List<String> flags = new ArrayList<>(silence());
        flags.add(use + archive);
        flags.addAll(usedWith);
        return flags;
    }

    List<String> recording(final Path archive) {
        final List<String> flags = new ArrayList<>(silence());
        flags.addAll(recordedWith);
        flags.add(record + archive);
        return flags;
    }

    /** {@return flags without those of {@link #using}, if they use an archive of this directory} */
    List<String> withoutUsing(final Path directory, final List<String> flags) {
        final String ours = use + directory + directory.getFileSystem().getSeparator();
        if (flags.stream().noneMatch(flag -> flag.startsWith(ours))) {
            return flags;
        }
        final List<String> silence = silence();
        return flags.stream()
                .filter(flag -> !flag.startsWith(ours) && !usedWith.contains(flag) && !silence.contains(flag))
                .toList();
    }

    private static List<String> silence() {
        return Runtime.version().feature() >= AOT_LOG_FEATURE
                ? List.of("-Xlog:cds*=off", "-Xlog:aot*=off")
                : List.of("-Xlog:cds*=off");
    }
}
