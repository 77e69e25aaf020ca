package io.condatis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a name in the directory of shared memory, or a child process. What is on its
 * way out gets five seconds. A name that a process unrelated to the test has open is that process's business.
 *
 * <p>Use it as {@code @ExtendWith(LeakCheck.class)}; it looks before and after each test.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String NAMES = "names";
    private static final String CHILDREN = "children";

    @Override
    public void beforeEach(final ExtensionContext context) {
        store(context).put(NAMES, names());
        store(context).put(CHILDREN, children());
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        final Set<?> namesBefore = store(context).get(NAMES, Set.class);
        final Set<?> childrenBefore = store(context).get(CHILDREN, Set.class);
        final Set<Object> left = ConcurrentHashMap.newKeySet();
        try {
            Await.until("the test has left nothing behind", DEADLINE, () -> {
                left.clear();
                children().stream().filter(pid -> !childrenBefore.contains(pid)).forEach(left::add);
                final Set<Path> newNames = names();
                newNames.removeAll(namesBefore);
                left.addAll(ours(newNames));
                return left.isEmpty();
            });
        } catch (final AssertionError e) {
            throw new AssertionError(context.getDisplayName() + " left behind "
                    + new TreeSet<>(left.stream().map(Object::toString).collect(Collectors.toSet())));
        }
    }

    /** Where shared memory lives, by the same rule as in the product. */
    private static Path directory() {
        return Path.of(System.getProperty("condatis.dir", "/dev/shm"));
    }

    private static Set<Path> names() {
        try (Stream<Path> entries = Files.list(directory())) {
            return entries.collect(Collectors.toCollection(HashSet::new));
        } catch (final NoSuchFileException e) {
            return new HashSet<>();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** The names that no process but this one and its descendants has open or mapped. */
    private static Set<Path> ours(final Set<Path> names) {
        if (names.isEmpty()) {
            return names;
        }
        final Set<Long> family = children();
        family.add(ProcessHandle.current().pid());
        final Set<Path> foreign = ProcessHandle.allProcesses()
                .filter(process -> !family.contains(process.pid()))
                .flatMap(process -> names.stream().filter(name -> uses(process.pid(), name)))
                .collect(Collectors.toSet());
        return names.stream().filter(name -> !foreign.contains(name)).collect(Collectors.toSet());
    }

    private static boolean uses(final long pid, final Path name) {
        final Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> isWithin(target(descriptor), name))
                    || Files.readString(process.resolve("maps"))
                            .lines()
                            .filter(line -> line.indexOf('/') >= 0)
                            .anyMatch(line -> isWithin(line.substring(line.indexOf('/')), name));
        } catch (final IOException | UncheckedIOException e) {
            return false; // ended, or another user's
        }
    }

    /** Whether a path as the kernel prints it is a name, a deleted one, or lies in the directory of that name. */
    private static boolean isWithin(final String path, final Path name) {
        return path.equals(name.toString()) || path.startsWith(name + "/") || path.equals(name + " (deleted)");
    }

    private static String target(final Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final IOException e) {
            return "";
        }
    }

    private static ExtensionContext.Store store(final ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(LeakCheck.class, context.getRequiredTestMethod()));
    }
}
