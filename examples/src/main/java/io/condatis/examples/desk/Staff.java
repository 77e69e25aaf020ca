package io.condatis.examples.desk;

import io.condatis.examples.desk.book.BookLayout;
import io.condatis.examples.desk.market.TradeSource;
import io.condatis.process.WorkerOptions;
import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The feed and the workers: starts them, kills them on purpose, and notices when one ends that nobody killed. */
final class Staff implements AutoCloseable {
    private static final int SIGINT = 2;

    private final Desk desk;
    private final Map<Long, WorkerProcess> workers = new TreeMap<>();
    private WorkerProcess feed;
    private long hired;

    Staff(final Desk desk) {
        this.desk = desk;
    }

    BookLayout layout() {
        return desk.layout();
    }

    void startFeed(final TradeSource source, final double ratePerSecond) {
        feed = WorkerProcess.start(options("feed"), Feed::run, desk, source, ratePerSecond);
    }

    void hire() {
        final long number = ++hired;
        workers.put(number, WorkerProcess.start(options("worker-" + number), DeskWorker::run, desk, number));
    }

    private WorkerOptions options(final String name) {
        return WorkerProcess.options()
                .name(name)
                .jvmOptions(Role.jvmOptions(desk.layout().trades()));
    }

    /** {@return how many workers were started} */
    long hired() {
        return hired;
    }

    /** {@return the number of one of the workers, any index will do} */
    long pick(final int index) {
        return new ArrayList<>(workers.keySet()).get(index % workers.size());
    }

    void kill(final long number) throws InterruptedException {
        final WorkerProcess worker = workers.remove(number);
        worker.kill();
        worker.join();
    }

    boolean feedHasEnded() {
        return hasEnded(feed);
    }

    boolean workersHaveEnded() {
        return workers.values().stream().allMatch(Staff::hasEnded);
    }

    int workers() {
        return workers.size();
    }

    /** Throws when one of them ended in a way that was not asked for. */
    void check() {
        all().forEach(this::check);
    }

    private List<WorkerProcess> all() {
        final List<WorkerProcess> all = new ArrayList<>(workers.values());
        if (feed != null) {
            all.add(feed);
        }
        return all;
    }

    private void check(final WorkerProcess process) {
        final OptionalInt code = process.exitCode();
        if (code.isEmpty() || code.getAsInt() == ExitCode.OK) {
            return;
        }
        switch (code.getAsInt()) {
            case -SIGINT -> throw new DeskException(ExitCode.INTERRUPTED, "interrupted");
            case ExitCode.BAD_INPUT ->
                throw new DeskException(ExitCode.BAD_INPUT, nameAndPid(process) + " could not go on reading");
            case ExitCode.MANAGER_LOST ->
                throw new DeskException(
                        ExitCode.FAILURE,
                        nameAndPid(process) + " has lost the manager "
                                + desk.manager().name());
            default ->
                throw new DeskException(
                        ExitCode.FAILURE,
                        nameAndPid(process) + howItEnded(code.getAsInt()) + ", which nobody asked for");
        }
    }

    private static String howItEnded(final int code) {
        return code < 0 ? " was killed by signal " + -code : " ended with exit code " + code;
    }

    private static String nameAndPid(final WorkerProcess process) {
        return process.name() + " (pid " + process.pid() + ")";
    }

    private static boolean hasEnded(final WorkerProcess process) {
        return process.exitCode().equals(OptionalInt.of(ExitCode.OK));
    }

    @Override
    public void close() {
        all().forEach(WorkerProcess::close);
    }

    @Override
    public String toString() {
        return all().stream().map(Staff::nameAndPid).collect(Collectors.joining(", "));
    }
}
