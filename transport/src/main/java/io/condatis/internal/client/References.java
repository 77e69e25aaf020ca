package io.condatis.internal.client;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the references to managed objects that came to this process, and gives them back when nobody here can use them any
 * more. What came and what is given back is counted, so a reference that crosses a release on the way is not lost.
 */
final class References {
    private static final Cleaner CLEANER = Cleaner.create(task -> {
        final Thread thread = new Thread(task, "condatis-references");
        thread.setDaemon(true);
        return thread;
    });

    /** Tells the server. */
    @FunctionalInterface
    interface Releaser {
        void release(int objectId, int count);
    }

    private final Releaser releaser;
    private final Map<Integer, Known> known = new HashMap<>();

    References(final Releaser releaser) {
        this.releaser = releaser;
    }

    /** A reference has come. What is returned keeps it until it is unreachable. */
    synchronized Anchor received(final int objectId) {
        final Known present = known.get(objectId);
        Anchor anchor = present == null ? null : present.get();
        if (anchor == null) {
            final Count count = new Count(this, objectId);
            anchor = new Anchor(objectId, count);
            known.put(objectId, new Known(anchor, count));
            CLEANER.register(anchor, count);
        }
        anchor.count.references++;
        return anchor;
    }

    private void release(final Count count) {
        final int references;
        synchronized (this) {
            references = count.references;
            final Known present = known.get(count.objectId);
            if (present != null && present.count == count) {
                known.remove(count.objectId);
            }
        }
        releaser.release(count.objectId, references);
    }

    /** While it is reachable, this process uses the object. */
    static final class Anchor {
        final int objectId;
        private final Count count;

        private Anchor(final int objectId, final Count count) {
            this.objectId = objectId;
            this.count = count;
        }
    }

    /** How many references came for one anchor; knows the anchor's id but not the anchor. */
    private static final class Count implements Runnable {
        private final References owner;
        private final int objectId;
        private int references;

        Count(final References owner, final int objectId) {
            this.owner = owner;
            this.objectId = objectId;
        }

        @Override
        public void run() {
            owner.release(this);
        }
    }

    private static final class Known extends WeakReference<Anchor> {
        private final Count count;

        Known(final Anchor anchor, final Count count) {
            super(anchor);
            this.count = count;
        }
    }
}
