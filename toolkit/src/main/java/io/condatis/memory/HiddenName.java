package io.condatis.memory;

import io.condatis.internal.os.SharedDirectory;
import java.nio.file.Path;

/**
 * Names of Condatis' own files in the shared directory. All of them hold a random number: the generation of the block they
 * belong to or, in an owner's liveness file, that of the process.
 */
final class HiddenName {
    /** A block that is being built; its builder holds a kernel lock on it. */
    static final String BUILDING_SUFFIX = ".new";

    /** The liveness file of an arena. */
    static final String LIVENESS_SUFFIX = ".live";

    /** The liveness file of a process that owns plain blocks. */
    static final String OWNER_SUFFIX = ".owner";

    /** The mark beside a plain block that says who owns it. */
    static final String MARK_SUFFIX = ".owned";

    private static final int RADIX = 16;
    private static final int DIGITS = 16;

    private HiddenName() {}

    static Path building(final long generation) {
        return resolve(generation, BUILDING_SUFFIX);
    }

    static Path liveness(final long generation) {
        return resolve(generation, LIVENESS_SUFFIX);
    }

    static Path owner(final long id) {
        return resolve(id, OWNER_SUFFIX);
    }

    static Path mark(final long generation) {
        return resolve(generation, MARK_SUFFIX);
    }

    private static Path resolve(final long generation, final String suffix) {
        return SharedDirectory.path()
                .resolve(String.format("%s%016x%s", SharedDirectory.HIDDEN_PREFIX, generation, suffix));
    }

    static boolean isBuilding(final Path file) {
        return isHidden(file, BUILDING_SUFFIX);
    }

    static boolean isLiveness(final Path file) {
        return isHidden(file, LIVENESS_SUFFIX);
    }

    static boolean isOwner(final Path file) {
        return isHidden(file, OWNER_SUFFIX);
    }

    static boolean isMark(final Path file) {
        return isHidden(file, MARK_SUFFIX);
    }

    private static boolean isHidden(final Path file, final String suffix) {
        final String name = file.getFileName().toString();
        final int start = SharedDirectory.HIDDEN_PREFIX.length();
        boolean hidden = name.length() == start + DIGITS + suffix.length()
                && name.endsWith(suffix)
                && name.startsWith(SharedDirectory.HIDDEN_PREFIX);
        for (int i = start; hidden && i < start + DIGITS; i++) {
            final char digit = name.charAt(i);
            hidden = digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f';
        }
        return hidden;
    }

    static long generationOf(final Path file) {
        final String name = file.getFileName().toString();
        final int start = SharedDirectory.HIDDEN_PREFIX.length();
        return Long.parseUnsignedLong(name, start, start + DIGITS, RADIX);
    }
}
