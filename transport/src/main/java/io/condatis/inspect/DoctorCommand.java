package io.condatis.inspect;

import io.condatis.inspect.Finding.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code condatis doctor}: is this machine, and this Java, fit for Condatis. */
@Command(
        name = "condatis doctor",
        description = "Looks at Java, its flags, the directory for shared memory, limits, permissions and what the dead"
                + " left behind, and says what to do about each finding. Changes nothing.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no problem, perhaps notes",
            "1:a problem",
            "2:the command line is wrong",
            "4:the directory could not be read"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    /** A command to be filled in by picocli. */
    public DoctorCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        System.exit(CommonOptions.commandLine(new DoctorCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.runUnchecked(this::examine);
    }

    private int examine() throws IOException {
        final List<Finding> findings = new ArrayList<>(JavaChecks.run());
        if (JavaChecks.canLookAtMemory()) {
            findings.addAll(DirectoryChecks.run());
            findings.addAll(DirectoryChecks.isThere() ? LeftoverChecks.run() : List.of());
        }
        findings.addAll(SystemChecks.run());
        final long problems = findings.stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .count();
        if (options.isJson()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("problems", problems);
            map.put("findings", findings.stream().map(Finding::toMap).toList());
            options.printJson(map);
        } else {
            print(findings, problems);
        }
        return problems == 0 ? ExitCode.FINE : ExitCode.FINDINGS;
    }

    private void print(final List<Finding> findings, final long problems) {
        for (final Finding finding : findings) {
            final String level = finding.level().name().toLowerCase(Locale.ROOT);
            options.out().println(Text.left(level, 9) + Text.clean(finding.subject() + ": " + finding.text()));
            if (finding.remedy() != null) {
                options.out().println(Text.left("", 9) + "-> " + Text.clean(finding.remedy()));
            }
        }
        options.out().println(problems == 0 ? "No problem." : problems + (problems == 1 ? " problem." : " problems."));
    }
}
