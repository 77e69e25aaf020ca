package io.condatis.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the dead left in the directory, and what is damaged there. */
final class LeftoverChecks {
    private LeftoverChecks() {}

    static List<Finding> run() throws IOException {
        final List<Finding> findings = new ArrayList<>();
        final List<Resource> resources = Inventory.take();
        for (final Resource resource : resources) {
            final Finding finding = of(resource);
            if (finding != null) {
                findings.add(finding);
            }
        }
        if (findings.isEmpty()) {
            final long live = resources.stream()
                    .filter(resource -> resource.state() == State.LIVE)
                    .count();
            findings.add(Finding.ok("leftovers", "none; " + live + " in use"));
        }
        return findings;
    }

    private static Finding of(final Resource resource) {
        final String name = resource.kind() + " '" + resource.name() + "', " + Text.bytes(resource.sizeBytes());
        if (resource.state() == State.STALE) {
            return Finding.problem(
                    "leftovers", name + ": " + resource.note(), "condatis gc; the next creation removes it too");
        }
        if (resource.state() == State.DAMAGED) {
            return Finding.problem(
                    "leftovers",
                    name + ": " + resource.note(),
                    "rm -r " + resource.path() + " once no process uses it");
        }
        if (resource.state() == State.IDLE) {
            return Finding.note(
                    "leftovers",
                    name + ": no process in sight has it open",
                    "keep it if it is to outlive its users; otherwise rm " + resource.path());
        }
        return resource.kind() == Kind.DRIVER && resource.processes().isEmpty()
                ? Finding.problem(
                        "drivers",
                        "the directory " + resource.path() + " is of an Aeron media driver, pid "
                                + resource.creatorPid() + ", that does not run here, and takes "
                                + Text.bytes(resource.sizeBytes()),
                        "if it does not run in another container either: rm -r " + resource.path())
                : null;
    }
}
