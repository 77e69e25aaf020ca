package io.condatis.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.ReportFile;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> ran = new ArrayList<>();

    @Test
    void shouldExitWith2AndNameTheSuitesWhenOneIsUnknown() {
        assertEquals(2, perf("beta", "gamma"));

        assertTrue(text(err).startsWith("condatis perf: There is no suite gamma; there are: alpha, beta."), text(err));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldExitWith2AndShowTheUsageWhenAnOptionIsUnknown() {
        assertEquals(2, perf("--quickly"));

        assertTrue(text(err).contains("Unknown option: '--quickly'"), text(err));
        assertTrue(text(err).contains("Usage: condatis perf"), text(err));
    }

    @Test
    void shouldTakeTheOptionsWhenThePageOfPerformanceTellsThem() throws IOException {
        final String command = "./condatis perf";
        final List<String> lines = Files.readAllLines(Path.of("../docs/performance.md")).stream()
                .filter(line -> line.startsWith(command))
                .toList();
        assertTrue(lines.size() > 5, lines::toString);
        for (final String line : lines) {
            // With --help nothing is measured, but options and the types of their values are looked at all the same.
            final String args = line.substring(command.length()).replaceFirst("#.*", "") + " --help";
            assertEquals(0, perf(args.strip().split("\\s+")), () -> line + "\n" + text(err));
        }
    }

    @Test
    void shouldExitWith2WhenTheDirectoryCannotBeMade() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));

        assertEquals(2, perf("--out", file.resolve("sub").toString()));

        assertTrue(text(err).contains("cannot be made"), text(err));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldListTheSuitesWhenHelpIsAsked() {
        assertEquals(0, perf("--help"));

        assertTrue(text(out).contains("  alpha     measures alpha"), text(out));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldRunEverythingInOrderWhenNothingIsNamed() {
        assertEquals(0, perf("--out", directory.toString()));

        assertEquals(List.of("alpha NORMAL", "beta NORMAL"), ran);
    }

    @Test
    void shouldRunOnlyWhatIsNamedAndExitWith0WhenABarIsMissed() throws IOException {
        final Path made = directory.resolve("a/b");

        assertEquals(0, perf("beta", "--quick", "--out", made.toString()));

        assertEquals(List.of("beta QUICK"), ran);
        final String report = Files.readString(made.resolve("report.txt"));
        assertTrue(report.contains("beta   too slow      9.00   3.00  missed"), report);
        assertTrue(text(out).contains(report), text(out));
        final String environment = Files.readString(made.resolve("environment.txt"));
        assertTrue(environment.contains("condatis perf beta --quick --out " + made), environment);
        assertTrue(report.startsWith(environment), report);
    }

    @Test
    void shouldGoOnAndExitWith1WhenASuiteFails() throws IOException {
        final Suite broken = new FakeSuite("broken", run -> {
            throw new IOException("no room");
        });

        assertEquals(1, execute(List.of(broken, alpha()), "--out", directory.toString()));

        assertEquals(List.of("alpha NORMAL"), ran);
        assertTrue(text(err).contains("condatis perf: suite broken failed: java.io.IOException: no room"), text(err));
        assertTrue(text(out).contains("- broken: NOT MEASURED: no room"), text(out));
    }

    @Test
    void shouldWriteAPageAndDataOfWhatWasMeasured() throws IOException {
        assertEquals(0, perf("--out", directory.toString()));

        final String page = Files.readString(directory.resolve("report.html"));
        assertTrue(page.contains("<strong>0 of 1</strong> bars met"), page);
        assertTrue(page.contains("too slow"), page);
        assertEquals(-1, page.indexOf("http"), "the page must not need the network");
        final ReportFile report = ReportFile.read(directory.resolve("report.json"));
        assertEquals(
                List.of("alpha", "beta"),
                report.suites().stream().map(ReportFile.Suite::name).toList());
        assertEquals(9.0, report.suites().get(1).bars().get(0).measured());
    }

    @Test
    void shouldNotTakeTheFilesOfAnEarlierRunForItsOwn() throws IOException {
        final Path curve = Files.createFile(directory.resolve("alpha-gone.hgrm"));
        final Path recording = Files.createFile(directory.resolve("alpha-trial-1-7.jfr"));
        final Path another = Files.createFile(directory.resolve("gamma-trial-1-7.jfr"));
        final Path own = Files.createFile(directory.resolve("mine.hgrm"));

        assertEquals(0, perf("alpha", "--out", directory.toString()));

        assertFalse(Files.exists(curve));
        assertFalse(Files.exists(recording));
        assertTrue(Files.exists(another), "of a suite that did not run now");
        assertTrue(Files.exists(own));
        assertFalse(Files.readString(directory.resolve("report.html")).contains(".jfr"));
    }

    @Test
    void shouldSayInThePageWhichSuiteFailed() throws IOException {
        final Suite broken = new FakeSuite("broken", run -> {
            throw new IOException("no room");
        });

        assertEquals(1, execute(List.of(broken, ratio(1)), "--out", directory.toString()));

        final String page = Files.readString(directory.resolve("report.html"));
        assertTrue(page.contains("NOT MEASURED: broken \u00b7 "), page);
    }

    @Test
    void shouldExitWith2WhenTheToleranceIsNone() {
        for (final String tolerance : List.of("-1", "NaN", "Infinity")) {
            assertEquals(2, perf("--tolerance=" + tolerance));
            assertTrue(text(err).contains("The tolerance is " + Double.parseDouble(tolerance)), text(err));
        }
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldExitWith1WhenNothingCouldBeCompared() throws IOException {
        assertEquals(0, perf("--out", directory.toString()));
        final String before = directory.resolve("report.json").toString();

        assertEquals(1, perf("--out", directory.toString(), "--baseline", before));

        assertTrue(text(err).contains("has no ratio of alpha, beta: nothing could be compared"), text(err));
        assertEquals(List.of("alpha NORMAL", "beta NORMAL"), ran, "and before that is measured again");
    }

    @Test
    void shouldExitWith1BeforeItMeasuresWhenTheBaselineIsAReportWithHoles() throws IOException {
        final Path file = directory.resolve("report.json");
        for (final String suite : List.of(
                "{}",
                "null",
                "{\"name\":\"alpha\",\"figures\":[{\"name\":\"a\",\"unit\":\"ns\",\"baseline\":\"b\",\"ratio\":\"x\"}]}",
                "{\"name\":\"alpha\",\"figures\":[{\"name\":\"a\",\"unit\":\"ns\",\"baseline\":\"b\",\"ratio\":-1}]}",
                "{\"name\":\"alpha\",\"figures\":[{\"name\":\"a\",\"unit\":\"ns\",\"baseline\":\"b\",\"ratio\":\"NaN\"}]}",
                "{\"name\":\"alpha\"}",
                "{\"name\":\"alpha\",\"figures\":[null]}",
                "{\"name\":\"alpha\",\"figures\":[{\"name\":\"a\",\"ratio\":1}]}")) {
            Files.writeString(file, "{\"format\":4,\"suites\":[" + suite + "]}");
            assertEquals(1, perf("--baseline", file.toString()));
            assertTrue(text(err).contains("is no report: "), text(err));
        }
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldExitWith3WhenARatioIsWorseThanTheBaseline() {
        assertEquals(
                0,
                execute(
                        List.of(ratio(1.0)),
                        "--out",
                        directory.resolve("before").toString()));
        final String before = directory.resolve("before/report.json").toString();
        final String now = directory.resolve("now").toString();

        assertEquals(0, execute(List.of(ratio(1.09)), "--baseline", before, "--out", now));
        assertEquals(3, execute(List.of(ratio(1.2)), "--baseline", before, "--out", now));
        assertEquals(0, execute(List.of(ratio(1.2)), "--baseline", before, "--tolerance", "25", "--out", now));
        assertTrue(text(out).contains("0 of 1 ratios agree with the baseline within 10 %."), text(out));
    }

    @Test
    void shouldExitWith1WhenTheBaselineIsNoReport() throws IOException {
        final Path file = Files.writeString(directory.resolve("other.json"), "{\"format\": 7}");
        assertEquals(1, perf("--baseline", file.toString()));
        assertTrue(text(err).contains("other.json is no report of format 4"), text(err));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldNameTheBaselineAndTheRemedyWhenItCannotBeRead() {
        final Path file = directory.resolve("nowhere.json");
        assertEquals(1, perf("--baseline", file.toString()));
        assertTrue(text(err).contains("The report " + file + " cannot be read"), text(err));
        assertTrue(text(err).contains("give the report.json of an earlier run"), text(err));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldTellTheSuitesWhichPeersAreWanted() {
        final List<Set<Peer>> seen = new ArrayList<>();
        final Suite suite = new FakeSuite("peers", run -> {
            seen.add(run.peers());
            return new Section("peers");
        });
        execute(List.of(suite), "--out", directory.toString());
        execute(List.of(suite), "--out", directory.toString(), "--peers", "redis,cpython");
        execute(List.of(suite), "--out", directory.toString(), "--peers", "none");
        execute(List.of(suite), "--out", directory.toString(), "--peers", "all");
        assertEquals(List.of(Peer.ofMachine(), Set.of(Peer.REDIS, Peer.CPYTHON), Set.of(), Peer.all()), seen);
        assertEquals(Set.of(Peer.CPYTHON, Peer.ROBUST_MUTEX, Peer.REDIS), Peer.ofMachine());

        assertEquals(2, execute(List.of(suite), "--peers", "kafka"));
        assertTrue(text(err).contains("There is no peer kafka; there are: cpython, "), text(err));
    }

    @Test
    void shouldExitWith2WhenTheOtherJdkIsNone() {
        assertEquals(2, perf("--jdk", directory.toString()));
        assertTrue(text(err).contains("There is no executable bin/java in " + directory), text(err));
    }

    private Suite ratio(final double ratio) {
        final Figure baseline = new Figure("limit", "ns/op", List.of(10.0));
        return new FakeSuite(
                "ratios", run -> new Section("ratios").add(new Figure("ours", "ns/op", List.of(10 * ratio)), baseline));
    }

    private int perf(final String... args) {
        final Suite beta = new FakeSuite("beta", run -> new Section("beta").add(new Bar("too slow", 9, 3)));
        return execute(List.of(alpha(), beta), args);
    }

    private Suite alpha() {
        return new FakeSuite("alpha", run -> new Section("alpha").add(new Figure("a", "us", List.of(1.0))));
    }

    private int execute(final List<Suite> suites, final String... args) {
        return Perf.execute(
                suites,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private static String text(final ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private interface Measurement {
        Section of(Run run) throws Exception;
    }

    private final class FakeSuite implements Suite {
        private final String name;
        private final Measurement measurement;

        FakeSuite(final String name, final Measurement measurement) {
            this.name = name;
            this.measurement = measurement;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "measures " + name;
        }

        @Override
        public Section run(final Run run) throws Exception {
            final Section section = measurement.of(run);
            ran.add(name + " " + run.scale());
            return section;
        }
    }
}
