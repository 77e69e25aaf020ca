package io.condatis.manager;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Other orders of a list: for each place, which item gets there. */
final class ListOrder {
    private ListOrder() {}

    /** {@return the sorted order, equal items as they are; null when they are sorted already} */
    @SuppressWarnings("unchecked")
    static <E> int[] sorted(final List<E> items, final Comparator<? super E> comparator) {
        final Comparator<? super E> by =
                comparator == null ? (Comparator<? super E>) Comparator.<Comparable<Object>>naturalOrder() : comparator;
        final Integer[] order = new Integer[items.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> by.compare(items.get(a), items.get(b)));
        final int[] result = new int[order.length];
        boolean moves = false;
        for (int i = 0; i < result.length; i++) {
            result[i] = order[i];
            moves |= result[i] != i;
        }
        return moves ? result : null;
    }

    static int[] reversed(final int count) {
        final int[] order = new int[count];
        Arrays.setAll(order, i -> count - 1 - i);
        return order;
    }
}
