package java.lang.foreign;

import java.lang.invoke.MethodHandle;

/** A signature to compile against. */
public interface Linker {
    /** A signature to compile against. */
    interface Option {}

    /** A signature to compile against. */
    static Linker nativeLinker() {
        return Signatures.none();
    }

    /** A signature to compile against. */
    SymbolLookup defaultLookup();

    /** A signature to compile against. */
    MethodHandle downcallHandle(MemorySegment symbol, FunctionDescriptor function, Option... options);
}
