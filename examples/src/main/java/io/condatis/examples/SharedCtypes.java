package io.condatis.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.structure.DoubleField;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.value.CharArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.IntValue;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;

/** A child process changes a C int, a C double, text and an array of structures; its parent prints what they are then. */
public final class SharedCtypes {
    private SharedCtypes() {}

    /**
     * Prints 49, 0.1111111111111111, HELLO WORLD and three points.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws InterruptedException {
        final double[][] start = {{1.875, -6.25}, {-5.75, 2.0}, {2.375, 9.5}};
        try (SharedObjects shared =
                SharedObjects.create("shared-ctypes-" + ProcessHandle.current().pid())) {
            final Lock lock = shared.lock("lock");
            final IntValue n = shared.value("n", 'i', 7);
            final DoubleValue x = shared.rawValue("x", 'd', 1.0 / 3.0);
            final CharArray s = shared.rawArray("s", 'c', "hello world".getBytes(US_ASCII));
            final StructureArray<Point> points = shared.rawStructureArray("A", Point::new, start.length);
            IntStream.range(0, start.length).forEach(i -> points.at(i).set(start[i][0], start[i][1]));

            WorkerProcess.start(() -> modify(lock, n, x, s, points)).join();

            System.out.println(n.get());
            System.out.println(x.get());
            System.out.println(s.text());
            System.out.println(IntStream.range(0, points.length())
                    .mapToObj(i -> points.at(i).text())
                    .toList());
        }
    }

    private static void modify(
            final Lock lock, final IntValue n, final DoubleValue x, final CharArray s, final StructureArray<Point> a) {
        n.updateAndGet(value -> value * value); // one step, where "n.value **= 2" is two
        x.updateAndGet(value -> value * value);
        lock.lock(); // one lock for two objects, taken by hand: no operation takes one by itself
        try {
            s.setText(s.text().toUpperCase(Locale.ROOT));
            for (int i = 0; i < a.length(); i++) {
                final Point p = a.at(i); // one cursor, which moves on
                p.set(p.x.get() * p.x.get(), p.y.get() * p.y.get());
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Point extends Structure {
        private final DoubleField x = doubleField();
        private final DoubleField y = doubleField();

        private void set(final double newX, final double newY) {
            x.set(newX);
            y.set(newY);
        }

        private String text() {
            return "(" + x.get() + ", " + y.get() + ")";
        }
    }
}
