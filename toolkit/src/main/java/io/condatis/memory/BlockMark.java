package io.condatis.memory;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands beside a block that goes with its creator: a symbolic link to nowhere, because that is made, with all it says,
 * by one system call, and takes no page. Its target:
 *
 * <pre>
 *  ID of the owner, 16 hexadecimal digits ' ' pid ' ' start in ticks since boot ' ' identity of the file ' ' NAME
 * </pre>
 *
 * @param ownerId names the liveness file of the creator
 * @param pid of the creator, in its own pid namespace
 * @param startTicks of the creator
 * @param identity of the block's file, see {@link BlockName#identity()}
 * @param name of the block
 */
record BlockMark(long ownerId, long pid, long startTicks, String identity, String name) {
    private static final int RADIX = 16;
    private static final Pattern TARGET =
            Pattern.compile("([0-9a-f]{16}) (\\d{1,18}) (\\d{1,18}) (\\S+) (.+)", Pattern.DOTALL);

    static BlockMark ofThisProcess(final long ownerId, final BlockName block) {
        return new BlockMark(
                ownerId, ProcessIdentity.pid(), ProcessIdentity.startTicks(), block.identity(), block.name());
    }

    Path target() {
        return Path.of(String.format("%016x %d %d %s %s", ownerId, pid, startTicks, identity, name));
    }

    /**
     * Reads a mark.
     *
     * @return null when the link says something else
     * @throws IOException when it is gone or no link
     */
    static BlockMark read(final Path link) throws IOException {
        final Matcher parts = TARGET.matcher(Files.readSymbolicLink(link).toString());
        return parts.matches()
                ? new BlockMark(
                        Long.parseUnsignedLong(parts.group(1), RADIX),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        parts.group(4),
                        parts.group(5))
                : null;
    }

    /** {@return whether the creator is among the processes to be seen here; a mark made elsewhere does not tell} */
    boolean canRun() {
        return ProcessIdentity.canRun(pid, startTicks);
    }

    /**
     * The block.
     *
     * @return null when it is gone, or its name stands for another file
     * @throws IOException when the directory cannot be read
     */
    BlockName block() throws IOException {
        try {
            final Path path = SharedDirectory.resolve(name);
            final Object current = BlockName.identityOf(path);
            return current.toString().equals(identity) ? new BlockName(name, path, current) : null;
        } catch (final NoSuchFileException | IllegalArgumentException e) {
            return null;
        }
    }
}
