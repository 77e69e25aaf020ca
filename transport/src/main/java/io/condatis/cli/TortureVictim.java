package io.condatis.cli;

import io.condatis.SharedObjects;
import java.io.IOException;
import java.util.Random;

/** A process that uses a primitive until it is killed. Ends with its parent, when its standard input does. */
final class TortureVictim {
    private static final int FAILED = 1;

    private TortureVictim() {}

    /**
     * Works.
     *
     * @param args name of the shared objects, primitive, number of victims, number of this one, seed
     */
    public static void main(final String[] args) {
        final SharedObjects shared = SharedObjects.attach(args[0]);
        final TortureTally tally = new TortureTally(shared);
        final TorturePrimitive primitive = TorturePrimitive.valueOf(args[1]);
        final TortureSubject subject = TortureSubject.of(primitive, shared, tally, Integer.parseInt(args[2]));
        final int victim = Integer.parseInt(args[3]);
        for (int i = 0; i < subject.threads(); i++) {
            final Random random = new Random(Long.parseLong(args[4]) + i);
            new Thread(() -> work(subject, victim, random), "victim-" + i).start();
        }
        tally.ready().set(victim, 1);
        endWithParent();
    }

    private static void work(final TortureSubject subject, final int victim, final Random random) {
        try {
            while (true) {
                subject.round(victim, random);
            }
        } catch (final Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (final IOException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }
}
