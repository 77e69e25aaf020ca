package java.lang.foreign;

import java.util.Optional;

/** A signature to compile against. */
public interface SymbolLookup {
    /** A signature to compile against. */
    Optional<MemorySegment> find(String name);
}
