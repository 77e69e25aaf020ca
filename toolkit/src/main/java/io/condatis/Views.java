package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.Placement;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The objects of a set that this process has in its hands, one of each name. */
final class Views {
    private final Arena arena;
    private final ConcurrentHashMap<String, View> views = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Views(final Arena arena) {
        this.arena = arena;
    }

    /**
     * The one view of an object in this process, which is serialised as a handle unless its maker says otherwise. A view of
     * an earlier object of the name is closed.
     */
    @SuppressWarnings("unchecked")
    <T> T view(final String name, final Placement place, final Function<Placement, ?> maker) {
        final View view = views.compute(name, (key, known) -> {
            if (known != null && known.place().incarnation() >= place.incarnation()) {
                return known;
            }
            if (known != null) {
                known.close();
            }
            final ObjectHandle handle = ObjectHandle.of(arena, name, place);
            place.access().representBy(type -> handle);
            return new View(place, maker.apply(place));
        });
        if (closed) {
            close();
        }
        return (T) view.object();
    }

    void remove(final String name) {
        final View view = views.remove(name);
        if (view != null) {
            view.close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** To be followed by {@link #close()}, when the arena is closed too. */
    void closing() {
        closed = true;
    }

    /** Ends the use of all; may be called again. */
    void close() {
        views.values().forEach(View::close);
    }

    /** An object of this process and what ends its use. */
    private record View(Placement place, Object object) {
        void close() {
            place.access().close();
        }
    }
}
