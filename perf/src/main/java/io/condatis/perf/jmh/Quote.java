package io.condatis.perf.jmh;

import io.condatis.structure.DoubleField;
import io.condatis.structure.LongField;
import io.condatis.structure.Structure;

/** Sixteen bytes of a structure. */
final class Quote extends Structure {
    static final int PRICE_OFFSET = Long.BYTES;

    final LongField sequence = longField();
    final DoubleField price = doubleField();
}
