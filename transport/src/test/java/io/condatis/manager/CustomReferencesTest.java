package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Managed objects as arguments and results of custom objects, and custom objects as values. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class CustomReferencesTest {
    /** Holds other objects. */
    public interface Shelf {
        void keep(Map<String, Integer> dict);

        Map<String, Integer> kept(int index);

        int sum(String key);

        void join(Shelf other);

        Shelf joined();
    }

    /** Lives in the server, and uses what it is given as any client does. */
    static final class Holder implements Shelf {
        private final List<Map<String, Integer>> dicts = new ArrayList<>();
        private Shelf other;

        @Override
        public void keep(final Map<String, Integer> dict) {
            dict.put("kept", 1);
            dicts.add(dict);
        }

        @Override
        public Map<String, Integer> kept(final int index) {
            return dicts.get(index);
        }

        @Override
        public int sum(final String key) {
            return dicts.stream().mapToInt(dict -> dict.getOrDefault(key, 0)).sum()
                    + (other == null ? 0 : other.sum(key));
        }

        @Override
        public void join(final Shelf shelf) {
            other = shelf;
        }

        @Override
        public Shelf joined() {
            return other;
        }
    }

    private static ManagerOptions options() {
        return new ManagerOptions().register("shelf", Shelf.class, arguments -> new Holder());
    }

    @Test
    void shouldHandManagedObjectsToCustomOnesAndBack() {
        try (Manager manager = Manager.start(options())) {
            final ConcurrentMap<String, Integer> dict = manager.dict();
            final Shelf shelf = manager.create("shelf", Shelf.class);
            shelf.keep(dict);
            assertEquals(1, dict.get("kept"));
            dict.put("n", 41);
            assertEquals(41, shelf.sum("n"));
            shelf.kept(0).put("n", 42);
            assertEquals(42, dict.get("n"));

            final Shelf other = manager.getOrCreate("other", "shelf", Shelf.class);
            other.join(shelf);
            assertEquals(42, other.sum("n"));
            assertEquals(shelf, other.joined());
        }
    }

    @Test
    void shouldStoreCustomObjectsAsValues() {
        try (Manager manager = Manager.start(options())) {
            final ConcurrentMap<String, Shelf> shelves = manager.dict("shelves");
            final Shelf shelf = manager.create("shelf", Shelf.class);
            shelf.keep(manager.dict());
            shelves.put("mine", shelf);
            assertEquals(shelf, shelves.get("mine"));
            try (Manager second = Manager.connect(manager.name())) {
                final ConcurrentMap<String, Shelf> seen = second.dict("shelves");
                final CondatisException e = assertThrows(CondatisException.class, () -> seen.get("mine"));
                assertTrue(e.getMessage().contains("whose interface this process has not met"), e.getMessage());
                second.create("shelf", Shelf.class);
                assertEquals(1, seen.get("mine").sum("kept"));
            }
        }
    }
}
