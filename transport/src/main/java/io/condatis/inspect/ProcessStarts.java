package io.condatis.inspect;

import io.condatis.sync.Owner;
import io.condatis.sync.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Since when processes run. Nobody holds something for longer than his process runs, and that is all that the memory tells
 * about since when.
 */
final class ProcessStarts {
    /** Of those who are not known. */
    static final ProcessStarts NONE = new ProcessStarts(List.of(), null);

    /** USER_HZ: the kernel's own ticks do not show. */
    private static final long MS_PER_TICK = 10;

    private final List<Participant> members;
    private final Instant boot;

    private ProcessStarts(final List<Participant> members, final Instant boot) {
        this.members = members;
        this.boot = boot;
    }

    static ProcessStarts of(final List<Participant> members) {
        return new ProcessStarts(new ArrayList<>(members), boot());
    }

    private static Instant boot() {
        try {
            final String uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
            return Instant.now().minusMillis((long) (Double.parseDouble(uptime) * 1e3));
        } catch (final IOException | NumberFormatException e) {
            return null;
        }
    }

    /** {@return since when the process of a living owner runs, to the second; null when that is not known} */
    Instant of(final Owner owner) {
        return members.stream()
                .filter(member -> boot != null
                        && owner.alive()
                        && member.slot() == owner.slot()
                        && member.generation() == owner.generation()
                        && member.startTicks() > 0)
                .map(member ->
                        boot.plusMillis(MS_PER_TICK * member.startTicks()).truncatedTo(ChronoUnit.SECONDS))
                .findAny()
                .orElse(null);
    }
}
